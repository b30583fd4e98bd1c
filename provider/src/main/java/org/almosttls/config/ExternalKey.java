package org.almosttls.config;

import org.almosttls.crypto.Secret;
import org.almosttls.registry.HashAlgorithm;

/**
 * RFC 8446 §2.2: a key that both ends have by other means than a handshake. Owns the secret.
 *
 * @param identity by which the server knows it, 1 to 65535 octets; no secret
 * @param hash the one that it is used with (RFC 8446 §4.2.11)
 */
public record ExternalKey(byte[] identity, Secret key, HashAlgorithm hash) implements AutoCloseable {

    /** RFC 9257 §6: 128 bits, and who guesses a shorter one can be either end. */
    public static final int LEAST_OCTETS = 16;

    private static final int MOST_OF_IDENTITY = 0xFFFF;

    /** @throws IllegalArgumentException if it is not safe to use, or cannot be named so */
    public ExternalKey {
        if (identity.length == 0 || identity.length > MOST_OF_IDENTITY)
            throw new IllegalArgumentException("an identity of 1 to " + MOST_OF_IDENTITY + " octets expected");
        requireLength(key);
    }

    /** @throws IllegalArgumentException if it is too short; then it is erased */
    public static Secret requireLength(Secret key) {
        if (key.length() >= LEAST_OCTETS) return key;
        key.close();
        throw new IllegalArgumentException(
                "a pre-shared key has " + LEAST_OCTETS + " octets at least (RFC 9257 §6), this one " + key.length());
    }

    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return "ExternalKey[" + hash + "]";
    }
}
