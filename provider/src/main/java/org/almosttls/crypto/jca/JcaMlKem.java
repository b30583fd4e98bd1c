package org.almosttls.crypto.jca;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.security.auth.DestroyFailedException;
import javax.security.auth.Destroyable;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.Encapsulated;
import org.almosttls.crypto.Kem;
import org.almosttls.crypto.KeyAgreement;
import org.almosttls.crypto.MlKem;
import org.almosttls.crypto.Randomness;
import org.almosttls.crypto.Secret;

/** FIPS 203 by the platform's own {@code javax.crypto.KEM}. */
public final class JcaMlKem implements Kem {

    /** The object identifier, 2.16.840.1.101.3.4.4 and the set's, in its sequence, but for the last octet. */
    private static final byte[] ALGORITHM = {0x30, 0x0B, 0x06, 0x09, 0x60, (byte) 0x86, 0x48, 0x01, 0x65, 3, 4, 4};

    /** Octets in front of the raw key. */
    private static final int AROUND = 22;

    private final MlKem set;
    private final Provider provider;

    private JcaMlKem(MlKem set, Provider provider) {
        this.set = set;
        this.provider = provider;
    }

    /** Empty where the platform has none, as before Java 24. */
    public static Optional<Kem> of(MlKem set) {
        return Optional.ofNullable(Security.getProvider("SunJCE"))
                .filter(own -> own.getService("KEM", set.algorithm()) != null && KemCall.INSTANCE.exists())
                .map(own -> new JcaMlKem(set, own));
    }

    @Override
    public KeyAgreement keyPair(Randomness randomness) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance(set.algorithm(), provider);
        generator.initialize(new NamedParameterSpec(set.algorithm()), randomness.secureRandom());
        return new Pair(this, generator.generateKeyPair());
    }

    @Override
    public Encapsulated encapsulate(byte[] encapsulationKey, Randomness randomness)
            throws GeneralSecurityException, TlsAlertException {
        Violation.BAD_PUBLIC_KEY.unless(encapsulationKey.length == set.encapsulationKeyLength());
        try {
            var encapsulator = KemCall.ENCAPSULATOR.on(kem(), imported(encapsulationKey), randomness.secureRandom());
            var made = KemCall.ENCAPSULATE.on(encapsulator);
            return new Encapsulated((byte[]) KemCall.CIPHERTEXT.on(made), secretIn(KemCall.SECRET.on(made)));
        } catch (InvalidKeySpecException | InvalidKeyException malformed) {
            throw Violation.BAD_PUBLIC_KEY.causedBy(malformed);
        }
    }

    private Object kem() throws GeneralSecurityException {
        return KemCall.instance(set.algorithm(), provider);
    }

    /** RFC 9935 §4: a SubjectPublicKeyInfo has the octets of FIPS 203 as they are. */
    private PublicKey imported(byte[] raw) throws GeneralSecurityException {
        byte[] encoded = ByteBuffer.allocate(AROUND + raw.length)
                .putShort((short) 0x3082)
                .putShort((short) (AROUND - 4 + raw.length))
                .put(ALGORITHM)
                .put(set.identifier())
                .putShort((short) 0x0382)
                .putShort((short) (1 + raw.length))
                .put((byte) 0)
                .put(raw)
                .array();
        return KeyFactory.getInstance(set.algorithm(), provider).generatePublic(new X509EncodedKeySpec(encoded));
    }

    private byte[] raw(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - set.encapsulationKeyLength(), encoded.length);
    }

    private static Secret secretIn(Object made) {
        var key = (SecretKey) made;
        var secret = Secret.owning(key.getEncoded());
        erase(key);
        return secret;
    }

    /** As far as the platform does so; what it does not is where only the collector reaches it. */
    private static void erase(Destroyable key) {
        try {
            key.destroy();
        } catch (DestroyFailedException e) {
            // Not every kind of key can be.
        }
    }

    private record Pair(JcaMlKem kem, KeyPair pair) implements KeyAgreement {

        @Override
        public byte[] publicKey() {
            return kem.raw(pair.getPublic());
        }

        /** FIPS 203 §7.3: any ciphertext of the right length yields a secret, a wrong one a secret that nobody has. */
        @Override
        public Secret agree(byte[] ciphertext) throws TlsAlertException {
            Violation.BAD_PUBLIC_KEY.unless(ciphertext.length == kem.set.ciphertextLength());
            try {
                var decapsulator = KemCall.DECAPSULATOR.on(kem.kem(), pair.getPrivate());
                return secretIn(KemCall.DECAPSULATE.on(decapsulator, (Object) ciphertext));
            } catch (GeneralSecurityException e) {
                throw Violation.BAD_PUBLIC_KEY.causedBy(e);
            }
        }

        @Override
        public void close() {
            erase(pair.getPrivate());
        }

        @Override
        public String toString() {
            return "Pair";
        }
    }
}
