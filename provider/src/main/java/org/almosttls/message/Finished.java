package org.almosttls.message;

import org.almosttls.registry.HandshakeType;

/** RFC 5246 §7.4.9: proof that the sender saw the same handshake; 12 octets in TLS 1.2. */
public record Finished(byte[] verifyData) implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.FINISHED;
    }
}
