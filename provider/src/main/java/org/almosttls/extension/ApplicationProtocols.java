package org.almosttls.extension;

import java.util.List;
import org.almosttls.registry.ExtensionType;

/** RFC 7301 §3.1: application protocols, the client's in order of preference, the server's exactly one; one char per octet. */
public record ApplicationProtocols(List<String> names) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.ALPN;
    }
}
