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

/** RFC 7748 §6.1, by {@code javax.crypto.KeyAgreement}. */
final class JcaX25519 implements KeyAgreement {

    private static final int LENGTH = 32;

    private final KeyPair keyPair;

    JcaX25519(Randomness randomness) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("X25519");
        generator.initialize(NamedParameterSpec.X25519, randomness.secureRandom());
        keyPair = generator.generateKeyPair();
    }

    @Override
    public byte[] publicKey() {
        return Integers.littleEndian(((XECPublicKey) keyPair.getPublic()).getU(), LENGTH);
    }

    @Override
    public Secret agree(byte[] peerKey) throws TlsAlertException {
        Violation.BAD_PUBLIC_KEY.unless(peerKey.length == LENGTH);
        try {
            var agreement = javax.crypto.KeyAgreement.getInstance("X25519");
            agreement.init(keyPair.getPrivate());
            agreement.doPhase(
                    KeyFactory.getInstance("X25519")
                            .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, coordinate(peerKey))),
                    true);
            return notZero(Secret.owning(agreement.generateSecret()));
        } catch (GeneralSecurityException e) {
            throw Violation.BAD_PUBLIC_KEY.causedBy(e);
        }
    }

    /** RFC 7748 §5: little-endian, and the most significant bit of the last octet does not count. */
    private static BigInteger coordinate(byte[] encoded) {
        byte[] bigEndian = Integers.reversed(encoded);
        bigEndian[0] &= 0x7F;
        return new BigInteger(1, bigEndian);
    }

    /** RFC 8422 §5.11: the all-zero output of a point of small order is refused. */
    private static Secret notZero(Secret shared) throws TlsAlertException {
        if (!shared.matches(new byte[LENGTH])) return shared;
        throw Violation.BAD_PUBLIC_KEY.exception("point of small order");
    }

    /** The JDK keeps the private key where only the collector reaches it. */
    @Override
    public void close() {}
}
