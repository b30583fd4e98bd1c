package org.almosttls.message;

import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;

/** RFC 8422 §5.4: the server's ephemeral key in a named group, and its signature over both randoms and {@link #parameters}. */
public record ServerKeyExchange(NamedGroup group, byte[] point, SignatureScheme scheme, byte[] signature)
        implements HandshakeMessage {

    @Override
    public HandshakeType type() {
        return HandshakeType.SERVER_KEY_EXCHANGE;
    }
}
