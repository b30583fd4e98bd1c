package org.almosttls.extension;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;

/** Which extensions are understood in a message, and their form there, since one type may differ by message. */
public final class ExtensionDecoder {

    /** What a client may say. */
    public static final ExtensionDecoder CLIENT_HELLO = lenient(Map.ofEntries(
            entry(ExtensionType.SERVER_NAME, ExtensionForm.SERVER_NAMES),
            entry(ExtensionType.MAX_FRAGMENT_LENGTH, ExtensionForm.MAX_FRAGMENT_LENGTH),
            entry(ExtensionType.STATUS_REQUEST, ExtensionForm.STATUS_REQUEST),
            entry(ExtensionType.SUPPORTED_GROUPS, ExtensionForm.SUPPORTED_GROUPS),
            entry(ExtensionType.EC_POINT_FORMATS, ExtensionForm.EC_POINT_FORMATS),
            entry(ExtensionType.SIGNATURE_ALGORITHMS, ExtensionForm.SIGNATURE_ALGORITHMS),
            entry(ExtensionType.HEARTBEAT, ExtensionForm.HEARTBEAT_MODE),
            entry(ExtensionType.ALPN, ExtensionForm.APPLICATION_PROTOCOLS),
            entry(ExtensionType.PADDING, ExtensionForm.PADDING),
            entry(ExtensionType.ENCRYPT_THEN_MAC, ExtensionForm.ENCRYPT_THEN_MAC),
            entry(ExtensionType.EXTENDED_MASTER_SECRET, ExtensionForm.EXTENDED_MASTER_SECRET),
            entry(ExtensionType.RECORD_SIZE_LIMIT, ExtensionForm.RECORD_SIZE_LIMIT),
            entry(ExtensionType.SESSION_TICKET, ExtensionForm.SESSION_TICKET),
            entry(ExtensionType.COMPRESS_CERTIFICATE, ExtensionForm.COMPRESS_CERTIFICATE),
            entry(ExtensionType.PRE_SHARED_KEY, ExtensionForm.OFFERED_PRE_SHARED_KEYS),
            entry(ExtensionType.EARLY_DATA, ExtensionForm.EARLY_DATA),
            entry(ExtensionType.SUPPORTED_VERSIONS, ExtensionForm.SUPPORTED_VERSIONS),
            entry(ExtensionType.COOKIE, ExtensionForm.COOKIE),
            entry(ExtensionType.PSK_KEY_EXCHANGE_MODES, ExtensionForm.PRE_SHARED_KEY_MODES),
            entry(ExtensionType.CERTIFICATE_AUTHORITIES, ExtensionForm.CERTIFICATE_AUTHORITIES),
            entry(ExtensionType.POST_HANDSHAKE_AUTH, ExtensionForm.POST_HANDSHAKE_AUTH),
            entry(ExtensionType.SIGNATURE_ALGORITHMS_CERT, ExtensionForm.SIGNATURE_ALGORITHMS_CERT),
            entry(ExtensionType.KEY_SHARE, ExtensionForm.KEY_SHARES),
            entry(ExtensionType.RENEGOTIATION_INFO, ExtensionForm.RENEGOTIATION_INFO)));

    /** What a server may answer, in any version. */
    public static final ExtensionDecoder SERVER_HELLO = lenient(Map.ofEntries(
            entry(ExtensionType.SERVER_NAME, ExtensionForm.SERVER_NAMES_ACKNOWLEDGEMENT),
            entry(ExtensionType.MAX_FRAGMENT_LENGTH, ExtensionForm.MAX_FRAGMENT_LENGTH),
            entry(ExtensionType.STATUS_REQUEST, ExtensionForm.STATUS_PROMISE),
            entry(ExtensionType.EC_POINT_FORMATS, ExtensionForm.EC_POINT_FORMATS),
            entry(ExtensionType.HEARTBEAT, ExtensionForm.HEARTBEAT_MODE),
            entry(ExtensionType.ALPN, ExtensionForm.APPLICATION_PROTOCOLS_SELECTED),
            entry(ExtensionType.ENCRYPT_THEN_MAC, ExtensionForm.ENCRYPT_THEN_MAC),
            entry(ExtensionType.EXTENDED_MASTER_SECRET, ExtensionForm.EXTENDED_MASTER_SECRET),
            entry(ExtensionType.RECORD_SIZE_LIMIT, ExtensionForm.RECORD_SIZE_LIMIT),
            entry(ExtensionType.SESSION_TICKET, ExtensionForm.SESSION_TICKET_PROMISE),
            entry(ExtensionType.PRE_SHARED_KEY, ExtensionForm.SELECTED_PRE_SHARED_KEY),
            entry(ExtensionType.SUPPORTED_VERSIONS, ExtensionForm.SELECTED_VERSION),
            entry(ExtensionType.KEY_SHARE, ExtensionForm.KEY_SHARE),
            entry(ExtensionType.RENEGOTIATION_INFO, ExtensionForm.RENEGOTIATION_INFO)));

    /** RFC 8446 §4.1.4: what a server may say that asks for another hello. */
    public static final ExtensionDecoder HELLO_RETRY_REQUEST = strict(Map.of(
            ExtensionType.SUPPORTED_VERSIONS, ExtensionForm.SELECTED_VERSION,
            ExtensionType.COOKIE, ExtensionForm.COOKIE,
            ExtensionType.KEY_SHARE, ExtensionForm.REQUESTED_KEY_SHARE));

    /** RFC 8446 §4.3.1, RFC 8449 §4: what a server may answer where nobody else can read it. */
    public static final ExtensionDecoder ENCRYPTED_EXTENSIONS = strict(Map.of(
            ExtensionType.SERVER_NAME, ExtensionForm.SERVER_NAMES_ACKNOWLEDGEMENT,
            ExtensionType.MAX_FRAGMENT_LENGTH, ExtensionForm.MAX_FRAGMENT_LENGTH,
            ExtensionType.SUPPORTED_GROUPS, ExtensionForm.SUPPORTED_GROUPS,
            ExtensionType.HEARTBEAT, ExtensionForm.HEARTBEAT_MODE,
            ExtensionType.ALPN, ExtensionForm.APPLICATION_PROTOCOLS_SELECTED,
            ExtensionType.RECORD_SIZE_LIMIT, ExtensionForm.RECORD_SIZE_LIMIT,
            ExtensionType.EARLY_DATA, ExtensionForm.EARLY_DATA));

    /** RFC 8446 §4.4.2: what may be said about one certificate. */
    public static final ExtensionDecoder CERTIFICATE_ENTRY =
            strict(Map.of(ExtensionType.STATUS_REQUEST, ExtensionForm.STATUS_RESPONSE));

    /** RFC 8446 §4.3.2, RFC 8879 §3: what a server may ask of a client's certificate. */
    public static final ExtensionDecoder CERTIFICATE_REQUEST = strict(Map.of(
            ExtensionType.STATUS_REQUEST, ExtensionForm.STATUS_PROMISE,
            ExtensionType.SIGNATURE_ALGORITHMS, ExtensionForm.SIGNATURE_ALGORITHMS,
            ExtensionType.COMPRESS_CERTIFICATE, ExtensionForm.COMPRESS_CERTIFICATE,
            ExtensionType.CERTIFICATE_AUTHORITIES, ExtensionForm.CERTIFICATE_AUTHORITIES,
            ExtensionType.SIGNATURE_ALGORITHMS_CERT, ExtensionForm.SIGNATURE_ALGORITHMS_CERT,
            ExtensionType.OID_FILTERS, ExtensionForm.OID_FILTERS));

    /** RFC 8446 §4.6.1: what a server may say about a ticket. */
    public static final ExtensionDecoder NEW_SESSION_TICKET =
            strict(Map.of(ExtensionType.EARLY_DATA, ExtensionForm.MAX_EARLY_DATA));

    /** All that are understood in some message. */
    private static final Set<ExtensionType> KNOWN = Stream.of(CLIENT_HELLO, SERVER_HELLO, CERTIFICATE_REQUEST)
            .flatMap(decoder -> decoder.bodies.keySet().stream())
            .collect(Collectors.toUnmodifiableSet());

    private final Map<ExtensionType, ExtensionForm> bodies;
    private final boolean strict;

    private ExtensionDecoder(Map<ExtensionType, ExtensionForm> bodies, boolean strict) {
        this.bodies = bodies;
        this.strict = strict;
    }

    /** For a hello, whose version tells what belongs there and is not known before it is read. */
    private static ExtensionDecoder lenient(Map<ExtensionType, ExtensionForm> bodies) {
        return new ExtensionDecoder(bodies, false);
    }

    /** For a message that only TLS 1.3 has. */
    private static ExtensionDecoder strict(Map<ExtensionType, ExtensionForm> bodies) {
        return new ExtensionDecoder(bodies, true);
    }

    /** RFC 5246 §7.4.1.4: extension_type, then {@code extension_data<0..2^16-1>}. */
    Extension decode(WireReader in) throws TlsAlertException {
        var type = new ExtensionType(in.uint16());
        var body = in.vector16(0);
        var known = bodies.get(type);
        if (known == null) return unknown(type, body);
        var extension = known.decode(body);
        body.end();
        return extension;
    }

    private Extension unknown(ExtensionType type, WireReader body) throws TlsAlertException {
        // RFC 8446 §4.2: one that is recognized must be where the table has it.
        if (strict && KNOWN.contains(type)) throw Violation.EXTENSION_MISPLACED.exception(type.name());
        return new UnknownExtension(type, body.rest());
    }
}
