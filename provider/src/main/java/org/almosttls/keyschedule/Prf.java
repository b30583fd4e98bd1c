package org.almosttls.keyschedule;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.Hmac;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.HashAlgorithm;

/** RFC 5246 §5: the pseudorandom function of TLS 1.2, P_hash with the suite's hash. */
public record Prf(CryptoBackend crypto, HashAlgorithm hash) {

    /** {@code length} octets of PRF(secret, label, seed), where the seed is its parts one after the other. */
    public Secret expand(Secret secret, String label, int length, byte[]... seed) {
        byte[] labelAndSeed = concatenated(label.getBytes(StandardCharsets.US_ASCII), seed);
        var out = new byte[length];
        try (var hmac = crypto.hmac(hash, secret)) {
            fill(out, hmac, labelAndSeed);
        }
        return Secret.owning(out);
    }

    /** P_hash: HMAC(A(1) + seed) + HMAC(A(2) + seed) + ..., where A(0) = seed and A(i) = HMAC(A(i-1)). */
    private void fill(byte[] out, Hmac hmac, byte[] seed) {
        var a = new byte[hash.length()];
        var block = new byte[hash.length()];
        hmac.update(seed).tag(a, 0);
        for (int at = 0; at < out.length; at += block.length) {
            hmac.update(a).update(seed).tag(block, 0);
            System.arraycopy(block, 0, out, at, Math.min(block.length, out.length - at));
            hmac.update(a).tag(a, 0);
        }
        Arrays.fill(a, (byte) 0);
        Arrays.fill(block, (byte) 0);
    }

    private static byte[] concatenated(byte[] first, byte[]... others) {
        int length = first.length;
        for (byte[] other : others) length += other.length;
        byte[] all = Arrays.copyOf(first, length);
        int at = first.length;
        for (byte[] other : others) {
            System.arraycopy(other, 0, all, at, other.length);
            at += other.length;
        }
        return all;
    }
}
