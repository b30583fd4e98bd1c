package org.almosttls.extension;

import java.util.List;
import org.almosttls.registry.ExtensionType;

/** RFC 6066 §3: the DNS host names the client wants to reach; empty in a server's acknowledgement. */
public record ServerNames(List<String> hostNames) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.SERVER_NAME;
    }
}
