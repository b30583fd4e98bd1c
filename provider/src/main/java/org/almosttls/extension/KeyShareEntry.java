package org.almosttls.extension;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.NamedGroup;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8446 §4.2.8: one public key offered for one group. */
public record KeyShareEntry(NamedGroup group, byte[] keyExchange) {

    static KeyShareEntry decode(WireReader in) throws TlsAlertException {
        return new KeyShareEntry(new NamedGroup(in.uint16()), in.opaque16(1));
    }

    void encode(WireWriter out) {
        out.uint16(group.code()).opaque16(keyExchange);
    }
}
