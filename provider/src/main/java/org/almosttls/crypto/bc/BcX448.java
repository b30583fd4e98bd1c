package org.almosttls.crypto.bc;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.KeyAgreement;
import org.almosttls.crypto.Randomness;
import org.almosttls.crypto.Secret;
import org.bouncycastle.math.ec.rfc7748.X448;

/** RFC 7748 §6.2, on octets that are erased afterwards. */
final class BcX448 implements KeyAgreement {

    private final Secret privateKey = Secret.owning(new byte[X448.SCALAR_SIZE]);

    BcX448(Randomness randomness) {
        X448.generatePrivateKey(randomness.secureRandom(), privateKey.bytes());
    }

    @Override
    public byte[] publicKey() {
        var point = new byte[X448.POINT_SIZE];
        X448.scalarMultBase(privateKey.bytes(), 0, point, 0);
        return point;
    }

    @Override
    public Secret agree(byte[] peerKey) throws TlsAlertException {
        Violation.BAD_PUBLIC_KEY.unless(peerKey.length == X448.POINT_SIZE);
        var shared = new byte[X448.POINT_SIZE];
        // RFC 8422 §5.11: the all-zero output of a point of small order is refused.
        if (X448.calculateAgreement(privateKey.bytes(), 0, peerKey, 0, shared, 0)) return Secret.owning(shared);
        throw Violation.BAD_PUBLIC_KEY.exception("point of small order");
    }

    @Override
    public void close() {
        privateKey.close();
    }
}
