package org.almosttls.crypto.jca;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPublicKeySpec;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.KeyAgreement;
import org.almosttls.crypto.Randomness;
import org.almosttls.crypto.Secret;

/** RFC 7748 §6, X25519 and X448, by {@code javax.crypto.KeyAgreement}. */
final class JcaXdh implements KeyAgreement {

    private final NamedParameterSpec curve;
    private final int length;
    private final KeyPair keyPair;

    JcaXdh(NamedParameterSpec curve, Randomness randomness) throws GeneralSecurityException {
        this.curve = curve;
        length = curve == NamedParameterSpec.X25519 ? 32 : 56;
        var generator = KeyPairGenerator.getInstance(curve.getName());
        generator.initialize(curve, randomness.secureRandom());
        keyPair = generator.generateKeyPair();
    }

    @Override
    public byte[] publicKey() {
        return Integers.littleEndian(((XECPublicKey) keyPair.getPublic()).getU(), length);
    }

    @Override
    public Secret agree(byte[] peerKey) throws TlsAlertException {
        Violation.BAD_PUBLIC_KEY.unless(peerKey.length == length);
        try {
            var agreement = javax.crypto.KeyAgreement.getInstance(curve.getName());
            agreement.init(keyPair.getPrivate());
            agreement.doPhase(
                    KeyFactory.getInstance(curve.getName())
                            .generatePublic(new XECPublicKeySpec(curve, coordinate(peerKey))),
                    true);
            return notZero(Secret.owning(agreement.generateSecret()));
        } catch (GeneralSecurityException e) {
            throw Violation.BAD_PUBLIC_KEY.causedBy(e);
        }
    }

    /** RFC 7748 §5: little-endian; of X25519 the most significant bit of the last octet does not count. */
    private BigInteger coordinate(byte[] encoded) {
        byte[] bigEndian = Integers.reversed(encoded);
        if (curve == NamedParameterSpec.X25519) bigEndian[0] &= 0x7F;
        return new BigInteger(1, bigEndian);
    }

    /** RFC 8422 §5.11: the all-zero output of a point of small order is refused. */
    private Secret notZero(Secret shared) throws TlsAlertException {
        if (!shared.matches(new byte[length])) return shared;
        throw Violation.BAD_PUBLIC_KEY.exception("point of small order");
    }

    /** The JDK keeps the private key where only the collector reaches it. */
    @Override
    public void close() {}
}
