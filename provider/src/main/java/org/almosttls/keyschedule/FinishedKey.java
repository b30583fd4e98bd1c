package org.almosttls.keyschedule;

import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.HashAlgorithm;

/** RFC 8446 §4.4.4: what Finished, and the binder of a pre-shared key (§4.2.11.2), prove to have. */
public final class FinishedKey implements AutoCloseable {

    private static final byte[] NO_CONTEXT = {};

    private final CryptoBackend crypto;
    private final HashAlgorithm hash;
    private final Secret secret;

    private FinishedKey(CryptoBackend crypto, HashAlgorithm hash, Secret secret) {
        this.crypto = crypto;
        this.hash = hash;
        this.secret = secret;
    }

    /** The base key stays its owner's to close. */
    static FinishedKey of(Hkdf hkdf, Secret baseKey) {
        var key = hkdf.expandLabel(baseKey, "finished", NO_CONTEXT, hkdf.hash().length());
        return new FinishedKey(hkdf.crypto(), hkdf.hash(), key);
    }

    /** RFC 8446 §4.4.4: as many octets as the hash has. */
    public byte[] verifyData(byte[] transcriptHash) {
        var data = new byte[hash.length()];
        try (var hmac = crypto.hmac(hash, secret)) {
            hmac.update(transcriptHash).tag(data, 0);
        }
        return data;
    }

    /** Whether {@code claimed} is the verify_data over this transcript, in constant time. */
    public boolean verifies(byte[] transcriptHash, byte[] claimed) {
        try (var expected = Secret.owning(verifyData(transcriptHash))) {
            return expected.matches(claimed);
        }
    }

    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "FinishedKey";
    }
}
