package org.almosttls.message;

import org.almosttls.registry.HandshakeType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 8446 §4.5: the client's early data is complete, and its handshake keys follow. */
public record EndOfEarlyData() implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.END_OF_EARLY_DATA;
    }

    static EndOfEarlyData decode(WireReader in) {
        return new EndOfEarlyData();
    }

    /** Writes nothing: the body is empty. */
    @Override
    public void encode(WireWriter out) {}
}
