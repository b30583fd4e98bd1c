package org.almosttls.message;

import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.HandshakeType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 5246 §7.4.2: DER certificates, the sender's own first; empty where a client has none. */
public record Certificate(List<byte[]> chain) implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.CERTIFICATE;
    }

    static Certificate decode(WireReader in) throws TlsAlertException {
        return new Certificate(in.list24(0, each -> each.opaque24(1)));
    }

    @Override
    public void encode(WireWriter out) {
        out.list24(chain, out::opaque24);
    }
}
