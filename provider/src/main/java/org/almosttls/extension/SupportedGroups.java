package org.almosttls.extension;

import java.util.List;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;

/** RFC 8422 §5.1.1: the groups for key exchange, in order of preference. */
public record SupportedGroups(List<NamedGroup> groups) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.SUPPORTED_GROUPS;
    }
}
