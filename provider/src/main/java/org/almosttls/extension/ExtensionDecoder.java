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
            entry(ExtensionType.SERVER_NAME, ServerNames::decode),
            entry(ExtensionType.MAX_FRAGMENT_LENGTH, MaxFragmentLength::decode),
            entry(ExtensionType.STATUS_REQUEST, StatusRequest::decode),
            entry(ExtensionType.SUPPORTED_GROUPS, SupportedGroups::decode),
            entry(ExtensionType.EC_POINT_FORMATS, EcPointFormats::decode),
            entry(ExtensionType.SIGNATURE_ALGORITHMS, SignatureAlgorithms::decode),
            entry(ExtensionType.HEARTBEAT, HeartbeatMode::decode),
            entry(ExtensionType.ALPN, ApplicationProtocols::decode),
            entry(ExtensionType.PADDING, Padding::decode),
            entry(ExtensionType.ENCRYPT_THEN_MAC, EncryptThenMac::decode),
            entry(ExtensionType.EXTENDED_MASTER_SECRET, ExtendedMasterSecret::decode),
            entry(ExtensionType.RECORD_SIZE_LIMIT, RecordSizeLimit::decode),
            entry(ExtensionType.SESSION_TICKET, SessionTicket::decode),
            entry(ExtensionType.COMPRESS_CERTIFICATE, CompressCertificate::decode),
            entry(ExtensionType.PRE_SHARED_KEY, OfferedPreSharedKeys::decode),
            entry(ExtensionType.EARLY_DATA, EarlyData::decode),
            entry(ExtensionType.SUPPORTED_VERSIONS, SupportedVersions::decode),
            entry(ExtensionType.COOKIE, Cookie::decode),
            entry(ExtensionType.PSK_KEY_EXCHANGE_MODES, PreSharedKeyModes::decode),
            entry(ExtensionType.CERTIFICATE_AUTHORITIES, CertificateAuthorities::decode),
            entry(ExtensionType.POST_HANDSHAKE_AUTH, PostHandshakeAuth::decode),
            entry(ExtensionType.SIGNATURE_ALGORITHMS_CERT, SignatureAlgorithmsCert::decode),
            entry(ExtensionType.KEY_SHARE, KeyShares::decode),
            entry(ExtensionType.RENEGOTIATION_INFO, RenegotiationInfo::decode)));

    /** What a server may answer, in any version. */
    public static final ExtensionDecoder SERVER_HELLO = lenient(Map.ofEntries(
            entry(ExtensionType.SERVER_NAME, ServerNames::decodeAcknowledgement),
            entry(ExtensionType.MAX_FRAGMENT_LENGTH, MaxFragmentLength::decode),
            entry(ExtensionType.STATUS_REQUEST, StatusPromise::decode),
            entry(ExtensionType.EC_POINT_FORMATS, EcPointFormats::decode),
            entry(ExtensionType.HEARTBEAT, HeartbeatMode::decode),
            entry(ExtensionType.ALPN, ApplicationProtocols::decodeSelected),
            entry(ExtensionType.ENCRYPT_THEN_MAC, EncryptThenMac::decode),
            entry(ExtensionType.EXTENDED_MASTER_SECRET, ExtendedMasterSecret::decode),
            entry(ExtensionType.RECORD_SIZE_LIMIT, RecordSizeLimit::decode),
            entry(ExtensionType.SESSION_TICKET, SessionTicket::decodePromise),
            entry(ExtensionType.PRE_SHARED_KEY, SelectedPreSharedKey::decode),
            entry(ExtensionType.SUPPORTED_VERSIONS, SelectedVersion::decode),
            entry(ExtensionType.KEY_SHARE, KeyShare::decode),
            entry(ExtensionType.RENEGOTIATION_INFO, RenegotiationInfo::decode)));

    /** RFC 8446 §4.1.4: what a server may say that asks for another hello. */
    public static final ExtensionDecoder HELLO_RETRY_REQUEST = strict(Map.of(
            ExtensionType.SUPPORTED_VERSIONS, SelectedVersion::decode,
            ExtensionType.COOKIE, Cookie::decode,
            ExtensionType.KEY_SHARE, RequestedKeyShare::decode));

    /** RFC 8446 §4.3.1, RFC 8449 §4: what a server may answer where nobody else can read it. */
    public static final ExtensionDecoder ENCRYPTED_EXTENSIONS = strict(Map.of(
            ExtensionType.SERVER_NAME, ServerNames::decodeAcknowledgement,
            ExtensionType.MAX_FRAGMENT_LENGTH, MaxFragmentLength::decode,
            ExtensionType.SUPPORTED_GROUPS, SupportedGroups::decode,
            ExtensionType.HEARTBEAT, HeartbeatMode::decode,
            ExtensionType.ALPN, ApplicationProtocols::decodeSelected,
            ExtensionType.RECORD_SIZE_LIMIT, RecordSizeLimit::decode,
            ExtensionType.EARLY_DATA, EarlyData::decode));

    /** RFC 8446 §4.4.2: what may be said about one certificate. */
    public static final ExtensionDecoder CERTIFICATE_ENTRY =
            strict(Map.of(ExtensionType.STATUS_REQUEST, StatusResponse::decode));

    /** RFC 8446 §4.3.2, RFC 8879 §3: what a server may ask of a client's certificate. */
    public static final ExtensionDecoder CERTIFICATE_REQUEST = strict(Map.of(
            ExtensionType.STATUS_REQUEST, StatusPromise::decode,
            ExtensionType.SIGNATURE_ALGORITHMS, SignatureAlgorithms::decode,
            ExtensionType.COMPRESS_CERTIFICATE, CompressCertificate::decode,
            ExtensionType.CERTIFICATE_AUTHORITIES, CertificateAuthorities::decode,
            ExtensionType.SIGNATURE_ALGORITHMS_CERT, SignatureAlgorithmsCert::decode,
            ExtensionType.OID_FILTERS, OidFilters::decode));

    /** RFC 8446 §4.6.1: what a server may say about a ticket. */
    public static final ExtensionDecoder NEW_SESSION_TICKET =
            strict(Map.of(ExtensionType.EARLY_DATA, MaxEarlyData::decode));

    /** All that are understood in some message. */
    private static final Set<ExtensionType> KNOWN = Stream.of(CLIENT_HELLO, SERVER_HELLO, CERTIFICATE_REQUEST)
            .flatMap(decoder -> decoder.bodies.keySet().stream())
            .collect(Collectors.toUnmodifiableSet());

    private final Map<ExtensionType, WireReader.Element<Extension>> bodies;
    private final boolean strict;

    private ExtensionDecoder(Map<ExtensionType, WireReader.Element<Extension>> bodies, boolean strict) {
        this.bodies = bodies;
        this.strict = strict;
    }

    /** For a hello, whose version tells what belongs there and is not known before it is read. */
    private static ExtensionDecoder lenient(Map<ExtensionType, WireReader.Element<Extension>> bodies) {
        return new ExtensionDecoder(bodies, false);
    }

    /** For a message that only TLS 1.3 has. */
    private static ExtensionDecoder strict(Map<ExtensionType, WireReader.Element<Extension>> bodies) {
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
