package org.almosttls.extension;

import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8422 §5.1.1: the groups for key exchange, in order of preference. */
public record SupportedGroups(List<NamedGroup> groups) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.SUPPORTED_GROUPS;
    }

    static SupportedGroups decode(WireReader in) throws TlsAlertException {
        return new SupportedGroups(in.list16(2, each -> new NamedGroup(each.uint16())));
    }

    @Override
    public void encode(WireWriter out) {
        out.list16(groups, group -> out.uint16(group.code()));
    }
}
