package org.almosttls.crypto.bc;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SignatureException;
import org.almosttls.crypto.bc.BouncyCastlePrimitives.SigningKey;
import org.almosttls.registry.HashAlgorithm;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/** ECDSA (RFC 8422 §5.10) with the nonce of RFC 6979, which no weak random source can spoil. */
final class EcSigningKey implements SigningKey {

    private final ECPrivateKeyParameters key;

    EcSigningKey(Curve curve, BigInteger scalar) {
        key = new ECPrivateKeyParameters(scalar, curve.domain());
    }

    @Override
    public byte[] sign(HashAlgorithm hash, byte[]... parts) throws SignatureException {
        var signer = new ECDSASigner(new HMacDSAKCalculator(Hashes.digest(hash)));
        signer.init(true, key);
        BigInteger[] signature = signer.generateSignature(Hashes.of(hash, parts));
        try {
            return StandardDSAEncoding.INSTANCE.encode(key.getParameters().getN(), signature[0], signature[1]);
        } catch (IOException e) {
            throw new SignatureException(e);
        }
    }
}
