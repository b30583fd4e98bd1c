package org.almosttls.extension;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.wire.WireReader;

/**
 * The forms that extensions have, where one type may have several. Code and not functions: what a connection does not
 * meet costs nothing when a JVM starts.
 */
enum ExtensionForm {
    SERVER_NAMES,
    MAX_FRAGMENT_LENGTH,
    STATUS_REQUEST,
    SUPPORTED_GROUPS,
    EC_POINT_FORMATS,
    SIGNATURE_ALGORITHMS,
    HEARTBEAT_MODE,
    APPLICATION_PROTOCOLS,
    PADDING,
    ENCRYPT_THEN_MAC,
    EXTENDED_MASTER_SECRET,
    RECORD_SIZE_LIMIT,
    SESSION_TICKET,
    COMPRESS_CERTIFICATE,
    OFFERED_PRE_SHARED_KEYS,
    EARLY_DATA,
    SUPPORTED_VERSIONS,
    COOKIE,
    PRE_SHARED_KEY_MODES,
    CERTIFICATE_AUTHORITIES,
    POST_HANDSHAKE_AUTH,
    SIGNATURE_ALGORITHMS_CERT,
    KEY_SHARES,
    RENEGOTIATION_INFO,
    SERVER_NAMES_ACKNOWLEDGEMENT,
    STATUS_PROMISE,
    APPLICATION_PROTOCOLS_SELECTED,
    SESSION_TICKET_PROMISE,
    SELECTED_PRE_SHARED_KEY,
    SELECTED_VERSION,
    KEY_SHARE,
    REQUESTED_KEY_SHARE,
    STATUS_RESPONSE,
    OID_FILTERS,
    MAX_EARLY_DATA;

    Extension decode(WireReader in) throws TlsAlertException {
        return switch (this) {
            case SERVER_NAMES -> ServerNames.decode(in);
            case MAX_FRAGMENT_LENGTH -> MaxFragmentLength.decode(in);
            case STATUS_REQUEST -> StatusRequest.decode(in);
            case SUPPORTED_GROUPS -> SupportedGroups.decode(in);
            case EC_POINT_FORMATS -> EcPointFormats.decode(in);
            case SIGNATURE_ALGORITHMS -> SignatureAlgorithms.decode(in);
            case HEARTBEAT_MODE -> HeartbeatMode.decode(in);
            case APPLICATION_PROTOCOLS -> ApplicationProtocols.decode(in);
            case PADDING -> Padding.decode(in);
            case ENCRYPT_THEN_MAC -> EncryptThenMac.decode(in);
            case EXTENDED_MASTER_SECRET -> ExtendedMasterSecret.decode(in);
            case RECORD_SIZE_LIMIT -> RecordSizeLimit.decode(in);
            case SESSION_TICKET -> SessionTicket.decode(in);
            case COMPRESS_CERTIFICATE -> CompressCertificate.decode(in);
            case OFFERED_PRE_SHARED_KEYS -> OfferedPreSharedKeys.decode(in);
            case EARLY_DATA -> EarlyData.decode(in);
            case SUPPORTED_VERSIONS -> SupportedVersions.decode(in);
            case COOKIE -> Cookie.decode(in);
            case PRE_SHARED_KEY_MODES -> PreSharedKeyModes.decode(in);
            case CERTIFICATE_AUTHORITIES -> CertificateAuthorities.decode(in);
            case POST_HANDSHAKE_AUTH -> PostHandshakeAuth.decode(in);
            case SIGNATURE_ALGORITHMS_CERT -> SignatureAlgorithmsCert.decode(in);
            case KEY_SHARES -> KeyShares.decode(in);
            case RENEGOTIATION_INFO -> RenegotiationInfo.decode(in);
            case SERVER_NAMES_ACKNOWLEDGEMENT -> ServerNames.decodeAcknowledgement(in);
            case STATUS_PROMISE -> StatusPromise.decode(in);
            case APPLICATION_PROTOCOLS_SELECTED -> ApplicationProtocols.decodeSelected(in);
            case SESSION_TICKET_PROMISE -> SessionTicket.decodePromise(in);
            case SELECTED_PRE_SHARED_KEY -> SelectedPreSharedKey.decode(in);
            case SELECTED_VERSION -> SelectedVersion.decode(in);
            case KEY_SHARE -> KeyShare.decode(in);
            case REQUESTED_KEY_SHARE -> RequestedKeyShare.decode(in);
            case STATUS_RESPONSE -> StatusResponse.decode(in);
            case OID_FILTERS -> OidFilters.decode(in);
            case MAX_EARLY_DATA -> MaxEarlyData.decode(in);
        };
    }
}
