package org.almosttls.message;

import org.almosttls.registry.HandshakeType;

/** RFC 5246 §7.4.5: the server has said all it had to say for now. */
public record ServerHelloDone() implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.SERVER_HELLO_DONE;
    }
}
