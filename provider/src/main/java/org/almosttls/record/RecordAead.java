package org.almosttls.record;

import org.almosttls.crypto.Aead;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.BulkCipher;

/** The AEAD of a suite, in whatever version. */
final class RecordAead {

    private RecordAead() {}

    /** @param cipher one whose mode is AEAD */
    static Aead of(CryptoBackend crypto, BulkCipher cipher, Aead.Direction direction, Secret key) {
        return cipher == BulkCipher.CHACHA20_POLY1305
                ? crypto.chaCha20Poly1305(direction, key)
                : crypto.aesGcm(direction, key);
    }
}
