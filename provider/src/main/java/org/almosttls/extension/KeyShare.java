package org.almosttls.extension;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8446 §4.2.8: key_share in a ServerHello, the answer to one of the client's shares. */
public record KeyShare(KeyShareEntry entry) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.KEY_SHARE;
    }

    static KeyShare decode(WireReader in) throws TlsAlertException {
        return new KeyShare(KeyShareEntry.decode(in));
    }

    @Override
    public void encode(WireWriter out) {
        entry.encode(out);
    }
}
