package org.almosttls.message;

import org.almosttls.registry.HandshakeType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 5246 §7.4.1.1: the server asks for a new handshake; no transcript holds it. */
public record HelloRequest() implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.HELLO_REQUEST;
    }

    static HelloRequest decode(WireReader in) {
        return new HelloRequest();
    }

    /** Writes nothing: the body is empty. */
    @Override
    public void encode(WireWriter out) {}
}
