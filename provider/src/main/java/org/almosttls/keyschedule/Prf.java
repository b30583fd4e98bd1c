package org.almosttls.keyschedule;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.Hmac;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.HashAlgorithm;

/**
 * The pseudorandom function: in TLS 1.2 P_hash with the suite's hash (RFC 5246 §5); before it P_MD5 over one half of the
 * secret and P_SHA-1 over the other (RFC 4346 §5).
 */
public record Prf(CryptoBackend crypto, List<HashAlgorithm> hashes) {

    /** That of TLS 1.2. */
    public Prf(CryptoBackend crypto, HashAlgorithm hash) {
        this(crypto, List.of(hash));
    }

    /** That of TLS 1.1. */
    public static Prf md5XorSha1(CryptoBackend crypto) {
        return new Prf(crypto, List.of(HashAlgorithm.MD5, HashAlgorithm.SHA1));
    }

    /** {@code length} octets of PRF(secret, label, seed), where the seed is its parts one after the other. */
    public Secret expand(Secret secret, String label, int length, byte[]... seed) {
        byte[] labelAndSeed = concatenated(label.getBytes(StandardCharsets.US_ASCII), seed);
        var out = new byte[length];
        // RFC 4346 §5: the halves share an octet where the number of octets is odd.
        int part = (secret.length() + hashes.size() - 1) / hashes.size();
        for (int i = 0; i < hashes.size(); i++) {
            int from = i * (secret.length() - part);
            try (var half = secret.slice(from, from + part);
                    var hmac = crypto.hmac(hashes.get(i), half)) {
                xor(out, hmac, hashes.get(i).length(), labelAndSeed);
            }
        }
        return Secret.owning(out);
    }

    /** RFC 5246 §7.4.9, RFC 4346 §7.4.9: the hash, or both behind each other, over all messages. */
    public byte[] hash(Transcript transcript) {
        return concatenated(
                new byte[0],
                hashes.stream().map(hash -> transcript.hash(crypto, hash)).toArray(byte[][]::new));
    }

    /** P_hash: HMAC(A(1) + seed) + HMAC(A(2) + seed) + ..., where A(0) = seed and A(i) = HMAC(A(i-1)). */
    private static void xor(byte[] out, Hmac hmac, int hashLength, byte[] seed) {
        var a = new byte[hashLength];
        var block = new byte[hashLength];
        hmac.update(seed).tag(a, 0);
        for (int at = 0; at < out.length; at += block.length) {
            hmac.update(a).update(seed).tag(block, 0);
            for (int i = 0; i < Math.min(block.length, out.length - at); i++) out[at + i] ^= block[i];
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
