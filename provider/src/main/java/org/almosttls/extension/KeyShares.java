package org.almosttls.extension;

import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8446 §4.2.8: key_share in a ClientHello, in order of preference; empty to be asked for a group. */
public record KeyShares(List<KeyShareEntry> entries) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.KEY_SHARE;
    }

    static KeyShares decode(WireReader in) throws TlsAlertException {
        return new KeyShares(in.list16(0, KeyShareEntry::decode));
    }

    @Override
    public void encode(WireWriter out) {
        out.list16(entries, entry -> entry.encode(out));
    }
}
