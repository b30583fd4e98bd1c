package org.almosttls.extension;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8446 §4.2.2: what a HelloRetryRequest has the client say again in its second hello. */
public record Cookie(byte[] cookie) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.COOKIE;
    }

    static Cookie decode(WireReader in) throws TlsAlertException {
        return new Cookie(in.opaque16(1));
    }

    @Override
    public void encode(WireWriter out) {
        out.opaque16(cookie);
    }
}
