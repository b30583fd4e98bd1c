package org.almosttls.extension;

import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireWriter;

/** RFC 5246 §7.4.1.4: one extension of a hello message; octets in it are shared, not copied, and must not change. */
public sealed interface Extension
        permits ApplicationProtocols,
                EcPointFormats,
                EncryptThenMac,
                ExtendedMasterSecret,
                HeartbeatMode,
                MaxFragmentLength,
                Padding,
                RecordSizeLimit,
                RenegotiationInfo,
                SelectedVersion,
                ServerNames,
                SessionTicket,
                SignatureAlgorithms,
                SignatureAlgorithmsCert,
                StatusPromise,
                StatusRequest,
                SupportedGroups,
                SupportedVersions,
                UnknownExtension {

    ExtensionType type();

    /** Writes the body, without type and length. */
    void encode(WireWriter out);
}
