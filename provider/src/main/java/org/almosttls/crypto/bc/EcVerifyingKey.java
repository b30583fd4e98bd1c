package org.almosttls.crypto.bc;

import java.io.IOException;
import java.math.BigInteger;
import java.security.spec.ECPoint;
import java.util.Optional;
import org.almosttls.crypto.bc.BouncyCastlePrimitives.VerifyingKey;
import org.almosttls.registry.HashAlgorithm;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/** ECDSA (RFC 8422 §5.10). */
final class EcVerifyingKey implements VerifyingKey {

    private final ECPublicKeyParameters key;

    private EcVerifyingKey(ECPublicKeyParameters key) {
        this.key = key;
    }

    static Optional<VerifyingKey> of(Curve curve, ECPoint point) {
        if (point.equals(ECPoint.POINT_INFINITY)) return Optional.empty();
        try {
            var onCurve = curve.domain().getCurve().createPoint(point.getAffineX(), point.getAffineY());
            return Optional.of(new EcVerifyingKey(new ECPublicKeyParameters(onCurve, curve.domain())));
        } catch (IllegalArgumentException notOnCurve) {
            return Optional.empty();
        }
    }

    @Override
    public boolean verify(HashAlgorithm hash, byte[] signature, byte[]... parts) {
        try {
            BigInteger[] numbers =
                    StandardDSAEncoding.INSTANCE.decode(key.getParameters().getN(), signature);
            var signer = new ECDSASigner();
            signer.init(false, key);
            return signer.verifySignature(Hashes.of(hash, parts), numbers[0], numbers[1]);
        } catch (IOException | RuntimeException malformed) {
            return false;
        }
    }
}
