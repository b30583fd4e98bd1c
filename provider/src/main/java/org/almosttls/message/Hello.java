package org.almosttls.message;

import org.almosttls.registry.HandshakeType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** AlmostTLSv1 §4: Bob says hello, and nothing else. */
public record Hello() implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.HELLO;
    }

    static Hello decode(WireReader in) {
        return new Hello();
    }

    /** Writes nothing: the body is empty. */
    @Override
    public void encode(WireWriter out) {}
}
