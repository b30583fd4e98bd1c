package org.almosttls.crypto.bc;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.Encapsulated;
import org.almosttls.crypto.Kem;
import org.almosttls.crypto.KeyAgreement;
import org.almosttls.crypto.MlKem;
import org.almosttls.crypto.Randomness;
import org.almosttls.crypto.Secret;
import org.bouncycastle.crypto.generators.MLKEMKeyPairGenerator;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;

/** FIPS 203: the key encapsulation mechanism over module lattices. */
public record BcMlKem(MlKem set) implements Kem {

    private MLKEMParameters parameters() {
        return switch (set) {
            case ML_KEM_768 -> MLKEMParameters.ml_kem_768;
            case ML_KEM_1024 -> MLKEMParameters.ml_kem_1024;
        };
    }

    @Override
    public KeyAgreement keyPair(Randomness randomness) {
        var generator = new MLKEMKeyPairGenerator();
        generator.init(new MLKEMKeyGenerationParameters(randomness.secureRandom(), parameters()));
        return new KeyPair(
                (MLKEMPrivateKeyParameters) generator.generateKeyPair().getPrivate(), set.ciphertextLength());
    }

    @Override
    public Encapsulated encapsulate(byte[] encapsulationKey, Randomness randomness) throws TlsAlertException {
        Violation.BAD_PUBLIC_KEY.unless(encapsulationKey.length == set.encapsulationKeyLength());
        try {
            var key = new MLKEMPublicKeyParameters(parameters(), encapsulationKey);
            var made = new MLKEMGenerator(randomness.secureRandom()).generateEncapsulated(key);
            return new Encapsulated(made.getEncapsulation(), Secret.owning(made.getSecret()));
        } catch (IllegalArgumentException malformed) {
            throw Violation.BAD_PUBLIC_KEY.causedBy(malformed);
        }
    }

    private record KeyPair(MLKEMPrivateKeyParameters key, int ciphertextLength) implements KeyAgreement {

        @Override
        public byte[] publicKey() {
            return key.getPublicKey();
        }

        /** FIPS 203 §7.3: any ciphertext of the right length yields a secret, a wrong one a secret that nobody has. */
        @Override
        public Secret agree(byte[] ciphertext) throws TlsAlertException {
            Violation.BAD_PUBLIC_KEY.unless(ciphertext.length == ciphertextLength);
            return Secret.owning(new MLKEMExtractor(key).extractSecret(ciphertext));
        }

        /** The private key is in arrays that only the collector reaches. */
        @Override
        public void close() {}

        @Override
        public String toString() {
            return "KeyPair";
        }
    }
}
