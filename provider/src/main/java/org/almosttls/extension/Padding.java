package org.almosttls.extension;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 7685 §3: octets that only make a ClientHello longer, and are zero if this end makes them. */
public record Padding(byte[] filling) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.PADDING;
    }

    /** RFC 7685 §3: zero is what a client must fill in, and nothing that a server is told to judge. */
    static Padding decode(WireReader in) throws TlsAlertException {
        return new Padding(in.rest());
    }

    @Override
    public void encode(WireWriter out) {
        out.opaque(filling);
    }
}
