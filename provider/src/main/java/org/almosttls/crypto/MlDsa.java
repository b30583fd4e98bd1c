package org.almosttls.crypto;

import java.security.PublicKey;
import java.util.Arrays;

/**
 * The parameter sets of ML-DSA (FIPS 204 §4).
 *
 * @param algorithm the platform's name
 * @param identifier the last octet of the object identifier (RFC 9881 §2)
 */
public record MlDsa(String algorithm, byte identifier, int signatureLength) {

    static final MlDsa ML_DSA_44 = new MlDsa("ML-DSA-44", (byte) 0x11, 2420);
    static final MlDsa ML_DSA_65 = new MlDsa("ML-DSA-65", (byte) 0x12, 3309);
    static final MlDsa ML_DSA_87 = new MlDsa("ML-DSA-87", (byte) 0x13, 4627);

    /** DER of the object identifier but for its last octet. */
    private static final byte[] IDENTIFIER = {0x06, 0x09, 0x60, (byte) 0x86, 0x48, 0x01, 0x65, 3, 4, 3};

    /** Whether this is the set of such a key, by what all providers have in common: how it is encoded. */
    boolean isOf(PublicKey key) {
        byte[] octets = key.getEncoded();
        if (octets == null || octets.length < 2) return false;
        // A SubjectPublicKeyInfo, and in it an AlgorithmIdentifier, to which Java 17 adds parameters that are null.
        int start = 2 + (octets[1] < 0 ? octets[1] & 0x7F : 0) + 2;
        int end = start + IDENTIFIER.length;
        return octets.length > end
                && Arrays.equals(octets, start, end, IDENTIFIER, 0, IDENTIFIER.length)
                && octets[end] == identifier;
    }
}
