package org.almosttls.crypto.jca;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import javax.crypto.interfaces.DHPublicKey;
import javax.crypto.spec.DHParameterSpec;
import javax.crypto.spec.DHPublicKeySpec;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.FiniteField;
import org.almosttls.crypto.KeyAgreement;
import org.almosttls.crypto.Randomness;
import org.almosttls.crypto.Secret;

/** Diffie-Hellman in a finite field (RFC 5246 §8.1.2), by {@code javax.crypto.KeyAgreement}. */
final class JcaFiniteField implements KeyAgreement {

    private final FiniteField field;
    private final KeyPair keyPair;

    JcaFiniteField(FiniteField field, Randomness randomness) throws GeneralSecurityException {
        this.field = field;
        var generator = KeyPairGenerator.getInstance("DiffieHellman");
        generator.initialize(new DHParameterSpec(field.p(), field.g()), randomness.secureRandom());
        keyPair = generator.generateKeyPair();
    }

    @Override
    public byte[] publicKey() {
        var key = new byte[field.length()];
        Integers.bigEndian(((DHPublicKey) keyPair.getPublic()).getY(), key, 0, key.length);
        return key;
    }

    @Override
    public Secret agree(byte[] peerKey) throws TlsAlertException {
        var y = new BigInteger(1, peerKey);
        Violation.PUBLIC_VALUE_OUT_OF_RANGE.unless(field.holds(y));
        try {
            var agreement = javax.crypto.KeyAgreement.getInstance("DiffieHellman");
            agreement.init(keyPair.getPrivate());
            agreement.doPhase(
                    KeyFactory.getInstance("DiffieHellman")
                            .generatePublic(new DHPublicKeySpec(y, field.p(), field.g())),
                    true);
            return Secret.owning(agreement.generateSecret());
        } catch (GeneralSecurityException e) {
            throw Violation.BAD_PUBLIC_KEY.causedBy(e);
        }
    }

    /** The JDK keeps the private key where only the collector reaches it. */
    @Override
    public void close() {}
}
