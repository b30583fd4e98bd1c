package org.almosttls.registry;

import java.util.List;
import java.util.Optional;

/**
 * RFC 5246 §7.4 and the IANA registry: the handshake messages that are implemented here. The textbook protocol's own
 * have numbers that the registry leaves free.
 */
public enum HandshakeType {
    HELLO_REQUEST(0),
    CLIENT_HELLO(1),
    SERVER_HELLO(2),
    NEW_SESSION_TICKET(4),
    END_OF_EARLY_DATA(5),
    ENCRYPTED_EXTENSIONS(8),
    CERTIFICATE(11),
    SERVER_KEY_EXCHANGE(12),
    CERTIFICATE_REQUEST(13),
    SERVER_HELLO_DONE(14),
    CERTIFICATE_VERIFY(15),
    CLIENT_KEY_EXCHANGE(16),
    FINISHED(20),
    CERTIFICATE_STATUS(22),
    KEY_UPDATE(24),
    COMPRESSED_CERTIFICATE(25),
    HELLO(0xA1),
    ENCRYPTED_MASTER_SECRET(0xA2);

    private static final List<Optional<HandshakeType>> BY_CODE = Codes.ofUint8(values(), HandshakeType::code);

    /** The whole registry, for what a peer may send all the same. */
    private static final Names NAMES = Names.of("", """
            00 hello_request client_hello server_hello hello_verify_request new_session_ticket end_of_early_data
            06 hello_retry_request
            08 encrypted_extensions request_connection_id new_connection_id certificate server_key_exchange
            0D certificate_request server_hello_done certificate_verify client_key_exchange client_certificate_request
            14 finished certificate_url certificate_status supplemental_data key_update compressed_certificate ekt_key
            A1 hello encrypted_master_secret
            FE message_hash
            """);

    private final int code;

    HandshakeType(int code) {
        this.code = code;
    }

    public static Optional<HandshakeType> of(int code) {
        return code < 0 || code >= BY_CODE.size() ? Optional.empty() : BY_CODE.get(code);
    }

    /** The registry's name of any number from 0 to 255, {@code 0xNN} for one without. */
    public static String nameOf(int code) {
        return NAMES.ofUint8(code);
    }

    public int code() {
        return code;
    }
}
