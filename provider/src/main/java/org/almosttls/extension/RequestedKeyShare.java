package org.almosttls.extension;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8446 §4.2.8: key_share in a HelloRetryRequest, the group that the server would have a share for. */
public record RequestedKeyShare(NamedGroup group) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.KEY_SHARE;
    }

    static RequestedKeyShare decode(WireReader in) throws TlsAlertException {
        return new RequestedKeyShare(new NamedGroup(in.uint16()));
    }

    @Override
    public void encode(WireWriter out) {
        out.uint16(group.code());
    }
}
