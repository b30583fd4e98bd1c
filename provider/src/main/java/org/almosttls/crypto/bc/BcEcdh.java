package org.almosttls.crypto.bc;

import java.math.BigInteger;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.KeyAgreement;
import org.almosttls.crypto.Randomness;
import org.almosttls.crypto.Secret;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.agreement.ECDHBasicAgreement;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.util.BigIntegers;

/** RFC 8422 §5.10: ECDH over a named prime curve. */
final class BcEcdh implements KeyAgreement {

    private static final int UNCOMPRESSED = 4;

    private final Curve curve;
    private final AsymmetricCipherKeyPair keyPair;

    BcEcdh(Curve curve, Randomness randomness) {
        this.curve = curve;
        var generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(curve.domain(), randomness.secureRandom()));
        keyPair = generator.generateKeyPair();
    }

    @Override
    public byte[] publicKey() {
        return ((ECPublicKeyParameters) keyPair.getPublic()).getQ().getEncoded(false);
    }

    @Override
    public Secret agree(byte[] peerKey) throws TlsAlertException {
        var agreement = new ECDHBasicAgreement();
        agreement.init(keyPair.getPrivate());
        BigInteger shared = agreement.calculateAgreement(decode(peerKey));
        // RFC 8422 §5.10: leading zeroes of the coordinate stay.
        return Secret.owning(BigIntegers.asUnsignedByteArray(curve.coordinateLength(), shared));
    }

    /** RFC 8422 §5.4.1, §5.11: uncompressed points on the curve, and no other; the curve is of prime order. */
    private ECPublicKeyParameters decode(byte[] point) throws TlsAlertException {
        Violation.BAD_PUBLIC_KEY.unless(point.length == 1 + 2 * curve.coordinateLength() && point[0] == UNCOMPRESSED);
        try {
            return new ECPublicKeyParameters(curve.domain().getCurve().decodePoint(point), curve.domain());
        } catch (IllegalArgumentException e) {
            throw Violation.BAD_PUBLIC_KEY.causedBy(e);
        }
    }

    /** The private key is a number that only the collector reaches. */
    @Override
    public void close() {}
}
