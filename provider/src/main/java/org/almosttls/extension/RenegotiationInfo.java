package org.almosttls.extension;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 5746 §3.2: the Finished values of the handshake before this one; empty in the first. */
public record RenegotiationInfo(byte[] renegotiatedConnection) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.RENEGOTIATION_INFO;
    }

    static RenegotiationInfo decode(WireReader in) throws TlsAlertException {
        return new RenegotiationInfo(in.opaque8(0));
    }

    @Override
    public void encode(WireWriter out) {
        out.opaque8(renegotiatedConnection);
    }
}
