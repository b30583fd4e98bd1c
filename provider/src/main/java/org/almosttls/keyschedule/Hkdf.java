package org.almosttls.keyschedule;

import java.util.Arrays;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.HashAlgorithm;

/** RFC 5869: the HMAC-based key derivation function. */
public record Hkdf(CryptoBackend crypto, HashAlgorithm hash) {

    /** RFC 5869 §2.2; the secret stays its owner's to close. An empty salt stands for as many zeroes as the hash has. */
    public Secret extract(byte[] salt, Secret inputKeyingMaterial) {
        var key = salt.length == 0 ? new byte[hash.length()] : salt.clone();
        var pseudorandomKey = new byte[hash.length()];
        try (var secret = Secret.owning(key);
                var hmac = crypto.hmac(hash, secret)) {
            hmac.update(inputKeyingMaterial.bytes()).tag(pseudorandomKey, 0);
        }
        return Secret.owning(pseudorandomKey);
    }

    /**
     * RFC 5869 §2.3: T(1) + T(2) + ..., where T(i) = HMAC(T(i-1) + info + i).
     *
     * @param length at most 255 times the hash's
     */
    public Secret expand(Secret pseudorandomKey, byte[] info, int length) {
        if (length > 255 * hash.length()) throw new IllegalArgumentException(length + " octets");
        var out = new byte[length];
        var block = new byte[0];
        try (var hmac = crypto.hmac(hash, pseudorandomKey)) {
            for (int at = 0, i = 1; at < length; at += hash.length(), i++) {
                hmac.update(block).update(info).update(new byte[] {(byte) i});
                if (block.length == 0) block = new byte[hash.length()];
                hmac.tag(block, 0);
                System.arraycopy(block, 0, out, at, Math.min(block.length, length - at));
            }
        }
        Arrays.fill(block, (byte) 0);
        return Secret.owning(out);
    }
}
