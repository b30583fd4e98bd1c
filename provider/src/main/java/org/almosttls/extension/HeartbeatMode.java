package org.almosttls.extension;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 6520 §2: whether the peer of whoever says it may ask by heartbeats; one octet, known here or not. */
public record HeartbeatMode(int mode) implements Extension {

    public static final HeartbeatMode PEER_ALLOWED_TO_SEND = new HeartbeatMode(1);
    public static final HeartbeatMode PEER_NOT_ALLOWED_TO_SEND = new HeartbeatMode(2);

    @Override
    public ExtensionType type() {
        return ExtensionType.HEARTBEAT;
    }

    static HeartbeatMode decode(WireReader in) throws TlsAlertException {
        return new HeartbeatMode(in.uint8());
    }

    @Override
    public void encode(WireWriter out) {
        out.uint8(mode);
    }
}
