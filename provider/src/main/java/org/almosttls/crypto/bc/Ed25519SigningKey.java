package org.almosttls.crypto.bc;

import org.almosttls.crypto.bc.BouncyCastlePrimitives.SigningKey;
import org.almosttls.registry.HashAlgorithm;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.util.Arrays;

/** RFC 8032 §5.1.6. */
final class Ed25519SigningKey implements SigningKey {

    private final byte[] key;

    Ed25519SigningKey(byte[] key) {
        this.key = key.clone();
    }

    @Override
    public byte[] sign(HashAlgorithm hash, byte[]... parts) {
        byte[] content = Arrays.concatenate(parts);
        var signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(key, 0, content, 0, content.length, signature, 0);
        return signature;
    }
}
