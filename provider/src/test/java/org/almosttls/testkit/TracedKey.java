package org.almosttls.testkit;

import java.math.BigInteger;
import org.almosttls.crypto.KeyAgreement;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.NamedGroup;
import org.bouncycastle.crypto.agreement.ECDHBasicAgreement;
import org.bouncycastle.crypto.agreement.X25519Agreement;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;

/** A key pair whose private key is known. */
final class TracedKey {

    private static final int COORDINATE = 32;

    private TracedKey() {}

    static KeyAgreement of(NamedGroup group, byte[] privateKey) {
        return group.equals(NamedGroup.X25519)
                ? new X25519(new X25519PrivateKeyParameters(privateKey))
                : new P256(new BigInteger(1, privateKey));
    }

    private record X25519(X25519PrivateKeyParameters key) implements KeyAgreement {

        @Override
        public byte[] publicKey() {
            return key.generatePublicKey().getEncoded();
        }

        @Override
        public Secret agree(byte[] peerKey) {
            var agreement = new X25519Agreement();
            agreement.init(key);
            var shared = new byte[agreement.getAgreementSize()];
            agreement.calculateAgreement(new X25519PublicKeyParameters(peerKey), shared, 0);
            return Secret.owning(shared);
        }

        @Override
        public void close() {
            // Nothing is secret about it.
        }
    }

    private record P256(BigInteger key) implements KeyAgreement {

        private static final ECDomainParameters CURVE =
                new ECDomainParameters(CustomNamedCurves.getByName("secp256r1"));

        @Override
        public byte[] publicKey() {
            return CURVE.getG().multiply(key).normalize().getEncoded(false);
        }

        @Override
        public Secret agree(byte[] peerKey) {
            var agreement = new ECDHBasicAgreement();
            agreement.init(new ECPrivateKeyParameters(key, CURVE));
            var point = new ECPublicKeyParameters(CURVE.getCurve().decodePoint(peerKey), CURVE);
            return Secret.owning(padded(agreement.calculateAgreement(point).toByteArray()));
        }

        private static byte[] padded(byte[] number) {
            var coordinate = new byte[COORDINATE];
            int length = Math.min(number.length, COORDINATE);
            System.arraycopy(number, number.length - length, coordinate, COORDINATE - length, length);
            return coordinate;
        }

        @Override
        public void close() {
            // Nothing is secret about it.
        }
    }
}
