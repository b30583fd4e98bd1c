package org.almosttls.extension;

import org.almosttls.registry.ExtensionType;

/** RFC 5246 §7.4.1.4: one extension of a hello message. */
public sealed interface Extension
        permits ApplicationProtocols,
                EcPointFormats,
                ExtendedMasterSecret,
                RenegotiationInfo,
                ServerNames,
                SignatureAlgorithms,
                SupportedGroups,
                SupportedVersions,
                UnknownExtension {

    ExtensionType type();
}
