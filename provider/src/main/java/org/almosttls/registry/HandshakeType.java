package org.almosttls.registry;

import java.util.Arrays;
import java.util.Optional;

/** RFC 5246 §7.4 and the IANA registry: the handshake messages that are implemented here. */
public enum HandshakeType {
    HELLO_REQUEST(0),
    CLIENT_HELLO(1),
    SERVER_HELLO(2),
    CERTIFICATE(11),
    SERVER_KEY_EXCHANGE(12),
    CERTIFICATE_REQUEST(13),
    SERVER_HELLO_DONE(14),
    CERTIFICATE_VERIFY(15),
    CLIENT_KEY_EXCHANGE(16),
    FINISHED(20);

    private final int code;

    HandshakeType(int code) {
        this.code = code;
    }

    public static Optional<HandshakeType> of(int code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findAny();
    }

    public int code() {
        return code;
    }
}
