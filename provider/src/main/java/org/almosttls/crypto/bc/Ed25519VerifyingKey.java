package org.almosttls.crypto.bc;

import java.math.BigInteger;
import org.almosttls.crypto.bc.BouncyCastlePrimitives.VerifyingKey;
import org.almosttls.registry.HashAlgorithm;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.util.Arrays;
import org.bouncycastle.util.BigIntegers;

/** RFC 8032 §5.1.7. */
final class Ed25519VerifyingKey implements VerifyingKey {

    private final byte[] key;

    private Ed25519VerifyingKey(byte[] key) {
        this.key = key;
    }

    /** RFC 8032 §5.1.2: y in little-endian order, and above it the lowest bit of x. */
    static VerifyingKey of(BigInteger y, boolean xOdd) {
        byte[] encoded = Arrays.reverse(BigIntegers.asUnsignedByteArray(Ed25519.PUBLIC_KEY_SIZE, y));
        if (xOdd) encoded[encoded.length - 1] |= (byte) 0x80;
        return new Ed25519VerifyingKey(encoded);
    }

    @Override
    public boolean verify(HashAlgorithm hash, byte[] signature, byte[]... parts) {
        if (signature.length != Ed25519.SIGNATURE_SIZE) return false;
        byte[] content = Arrays.concatenate(parts);
        return Ed25519.verify(signature, 0, key, 0, content, 0, content.length);
    }
}
