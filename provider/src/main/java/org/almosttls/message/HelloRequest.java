package org.almosttls.message;

import org.almosttls.registry.HandshakeType;

/** RFC 5246 §7.4.1.1: the server asks for a new handshake; no transcript holds it. */
public record HelloRequest() implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.HELLO_REQUEST;
    }
}
