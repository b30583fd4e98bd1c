package org.almosttls.config;

import org.almosttls.registry.BulkCipher;

/**
 * How much is sent under one key, in octets, before it is updated; {@code jdk.tls.keyLimits} on the platform.
 *
 * @param aesGcm RFC 8446 §5.5 has no more than some 2^38 for it
 */
public record KeyLimits(long aesGcm, long chaCha20Poly1305) {

    /** The most there is on the platform. */
    public static final long MOST = 1L << 37;

    public static final KeyLimits USUAL = new KeyLimits(MOST, MOST);

    public long octetsOf(BulkCipher cipher) {
        return cipher == BulkCipher.CHACHA20_POLY1305 ? chaCha20Poly1305 : aesGcm;
    }
}
