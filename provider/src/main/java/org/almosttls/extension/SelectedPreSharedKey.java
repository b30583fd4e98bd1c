package org.almosttls.extension;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8446 §4.2.11: pre_shared_key in a ServerHello, which of the client's identities it is, counted from 0. */
public record SelectedPreSharedKey(int identity) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.PRE_SHARED_KEY;
    }

    static SelectedPreSharedKey decode(WireReader in) throws TlsAlertException {
        return new SelectedPreSharedKey(in.uint16());
    }

    @Override
    public void encode(WireWriter out) {
        out.uint16(identity);
    }
}
