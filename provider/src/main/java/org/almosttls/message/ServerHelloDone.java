package org.almosttls.message;

import org.almosttls.registry.HandshakeType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 5246 §7.4.5: the server has said all it had to say for now. */
public record ServerHelloDone() implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.SERVER_HELLO_DONE;
    }

    static ServerHelloDone decode(WireReader in) {
        return new ServerHelloDone();
    }

    /** Writes nothing: the body is empty. */
    @Override
    public void encode(WireWriter out) {}
}
