package org.almosttls.message;

import org.almosttls.registry.HandshakeType;

/** RFC 5246 §7.4.7: the client's part of the key exchange. */
public sealed interface ClientKeyExchange extends HandshakeMessage {

    /** RFC 5246 §7.4.7.1: the textbook's EMS, a premaster secret under the server's RSA key. */
    record EncryptedPremasterSecret(byte[] encrypted) implements ClientKeyExchange {}

    /** RFC 8422 §5.7: the client's ephemeral public key, 1 to 255 octets. */
    record EcdhePublic(byte[] point) implements ClientKeyExchange {}

    @Override
    default HandshakeType type() {
        return HandshakeType.CLIENT_KEY_EXCHANGE;
    }
}
