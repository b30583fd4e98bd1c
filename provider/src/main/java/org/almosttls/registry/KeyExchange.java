package org.almosttls.registry;

/** RFC 5246 §7.4.3, RFC 8422 §2: how a TLS 1.2 suite makes its premaster secret. */
public enum KeyExchange {
    /** The textbook's way: the client encrypts a fresh secret under the server's public key. */
    RSA,
    ECDHE,
    /** RFC 7919: ephemeral, over finite fields that have names. */
    DHE;

    /** Whether the server signs a fresh key, so that its certificate's key decrypts nothing. */
    public boolean isEphemeral() {
        return this != RSA;
    }
}
