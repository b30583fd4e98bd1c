package org.almosttls.extension;

import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireWriter;

/** RFC 5246 §7.4.1.4, RFC 8446 §4.2: one extension of a message; octets in it are shared, not copied, and must not change. */
public sealed interface Extension
        permits ApplicationProtocols,
                CertificateAuthorities,
                CompressCertificate,
                Cookie,
                EarlyData,
                EcPointFormats,
                EncryptThenMac,
                ExtendedMasterSecret,
                HeartbeatMode,
                KeyShare,
                KeyShares,
                MaxEarlyData,
                MaxFragmentLength,
                OfferedPreSharedKeys,
                OidFilters,
                Padding,
                PostHandshakeAuth,
                PreSharedKeyModes,
                RecordSizeLimit,
                RenegotiationInfo,
                RequestedKeyShare,
                SelectedPreSharedKey,
                SelectedVersion,
                ServerNames,
                SessionTicket,
                SignatureAlgorithms,
                SignatureAlgorithmsCert,
                StatusPromise,
                StatusRequest,
                StatusResponse,
                SupportedGroups,
                SupportedVersions,
                UnknownExtension {

    ExtensionType type();

    /** Writes the body, without type and length. */
    void encode(WireWriter out);

    /** Whether there is nothing but type and length. */
    default boolean isEmpty() {
        var body = new WireWriter();
        encode(body);
        return body.toByteArray().length == 0;
    }
}
