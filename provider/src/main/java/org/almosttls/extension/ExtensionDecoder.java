package org.almosttls.extension;

import static java.util.Map.entry;

import java.util.Map;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;

/** Which extensions are understood in a message, and their form there, since one type may differ by message. */
public final class ExtensionDecoder {

    /** What a client may say. */
    public static final ExtensionDecoder CLIENT_HELLO = new ExtensionDecoder(Map.ofEntries(
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
            entry(ExtensionType.SUPPORTED_VERSIONS, SupportedVersions::decode),
            entry(ExtensionType.SIGNATURE_ALGORITHMS_CERT, SignatureAlgorithmsCert::decode),
            entry(ExtensionType.RENEGOTIATION_INFO, RenegotiationInfo::decode)));

    /** What a server may answer. */
    public static final ExtensionDecoder SERVER_HELLO = new ExtensionDecoder(Map.ofEntries(
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
            entry(ExtensionType.SUPPORTED_VERSIONS, SelectedVersion::decode),
            entry(ExtensionType.RENEGOTIATION_INFO, RenegotiationInfo::decode)));

    private final Map<ExtensionType, WireReader.Element<Extension>> bodies;

    private ExtensionDecoder(Map<ExtensionType, WireReader.Element<Extension>> bodies) {
        this.bodies = bodies;
    }

    /** RFC 5246 §7.4.1.4: extension_type, then {@code extension_data<0..2^16-1>}. */
    Extension decode(WireReader in) throws TlsAlertException {
        var type = new ExtensionType(in.uint16());
        var body = in.vector16(0);
        var known = bodies.get(type);
        if (known == null) return new UnknownExtension(type, body.rest());
        var extension = known.decode(body);
        body.end();
        return extension;
    }
}
