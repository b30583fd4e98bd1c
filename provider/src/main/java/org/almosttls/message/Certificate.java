package org.almosttls.message;

import java.util.List;
import org.almosttls.registry.HandshakeType;

/** RFC 5246 §7.4.2: DER certificates, the sender's own first; empty where a client has none. */
public record Certificate(List<byte[]> chain) implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.CERTIFICATE;
    }
}
