package org.almosttls.crypto.jca;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.almosttls.crypto.Randomness;
import org.almosttls.crypto.Secret;

/**
 * RFC 8017 §7.1, RSAES-OAEP with SHA-256 and MGF1 with SHA-256. The answer to any wrong ciphertext is drawn before it is
 * looked at (Manger, "A Chosen Ciphertext Attack on RSA-OAEP", 2001, is what an answer that tells more leads to).
 */
final class RsaOaep {

    /** The platform's own default would take SHA-1 for the mask. */
    private static final OAEPParameterSpec SHA_256 =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

    private RsaOaep() {}

    static byte[] encrypt(PublicKey key, Secret secret, Randomness randomness) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, SHA_256, randomness.secureRandom());
        return cipher.doFinal(secret.bytes());
    }

    static Secret decrypt(PrivateKey key, byte[] encrypted, int length, Randomness randomness)
            throws GeneralSecurityException {
        byte[] otherwise = randomness.bytes(length);
        var cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, SHA_256, randomness.secureRandom());
        // RFC 8017 §7.1.2, step 1b: as long as the modulus, which everybody knows.
        if (key instanceof RSAKey rsa && encrypted.length != (rsa.getModulus().bitLength() + 7) / 8)
            return Secret.owning(otherwise);
        try {
            byte[] secret = cipher.doFinal(encrypted);
            return Secret.owning(secret.length == length ? secret : otherwise);
        } catch (GeneralSecurityException | ProviderException wrong) {
            return Secret.owning(otherwise);
        }
    }
}
