package org.almosttls.keyschedule;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.wire.WireWriter;

/** RFC 5869: the HMAC-based key derivation function, and the two that RFC 8446 §7.1 makes of it. */
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

    /**
     * RFC 8446 §7.1: HKDF-Expand-Label.
     *
     * @param label without its prefix, 1 to 249 characters of ASCII
     * @param context at most 255 octets
     */
    Secret expandLabel(Secret secret, String label, byte[] context, int length) {
        var info = new WireWriter()
                .uint16(length)
                .opaque8(("tls13 " + label).getBytes(StandardCharsets.US_ASCII))
                .opaque8(context);
        return expand(secret, info.toByteArray(), length);
    }

    /** RFC 8446 §7.1: Derive-Secret, with the transcript's hash in place of its messages. */
    Secret deriveSecret(Secret secret, String label, byte[] transcriptHash) {
        return expandLabel(secret, label, transcriptHash, hash.length());
    }

    /** RFC 8446 §7.1: the salt by which one stage goes into the next; no messages are in it. */
    Secret extractNext(Secret stage, Secret inputKeyingMaterial) {
        try (var salt = deriveSecret(stage, "derived", crypto.hash(hash))) {
            return extract(salt.bytes(), inputKeyingMaterial);
        }
    }

    /** RFC 8446 §7.1: what stands for an input that there is not. */
    Secret nothing() {
        return Secret.owning(new byte[hash.length()]);
    }
}
