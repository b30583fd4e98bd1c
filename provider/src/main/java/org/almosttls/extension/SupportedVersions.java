package org.almosttls.extension;

import java.util.List;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.ProtocolVersion;

/** RFC 8446 §4.2.1: the versions a client offers, in order of preference. */
public record SupportedVersions(List<ProtocolVersion> versions) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.SUPPORTED_VERSIONS;
    }
}
