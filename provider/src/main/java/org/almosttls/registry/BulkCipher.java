package org.almosttls.registry;

/** How the records of a TLS 1.2 suite are protected; lengths in octets. */
public enum BulkCipher {
    AES_128_CBC(16, 16, Mode.CBC_HMAC),
    AES_256_CBC(32, 16, Mode.CBC_HMAC),
    AES_128_GCM(16, 4, Mode.AEAD),
    AES_256_GCM(32, 4, Mode.AEAD),
    CHACHA20_POLY1305(32, 12, Mode.AEAD);

    /** RFC 5246 §6.2.3.2 and §6.2.3.3. */
    public enum Mode {
        CBC_HMAC,
        AEAD
    }

    private final int keyLength;
    private final int fixedIvLength;
    private final Mode mode;

    BulkCipher(int keyLength, int fixedIvLength, Mode mode) {
        this.keyLength = keyLength;
        this.fixedIvLength = fixedIvLength;
        this.mode = mode;
    }

    public int keyLength() {
        return keyLength;
    }

    /** For AEAD the implicit part of the nonce (RFC 5288 §3, RFC 7905 §2); for CBC the block length. */
    public int fixedIvLength() {
        return fixedIvLength;
    }

    public Mode mode() {
        return mode;
    }
}
