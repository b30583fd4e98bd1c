package org.almosttls.keyschedule;

import java.nio.charset.StandardCharsets;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.RecordKeys;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.Role;

/**
 * AlmostTLSv1 §5: the four keys that both ends make of the master secret MS. {@code E_B} and {@code M_B} protect what
 * Bob sends, {@code E_A} and {@code M_A} what Alice sends.
 *
 * @param bob M_B as the MAC key, E_B as the cipher's
 * @param alice M_A as the MAC key, E_A as the cipher's
 */
public record AlmostKeys(RecordKeys bob, RecordKeys alice) implements AutoCloseable {

    /** Octets of MS. */
    public static final int MASTER_SECRET_LENGTH = 48;

    /** Octets of E_B and E_A, for AES-128. */
    public static final int ENCRYPTION_KEY_LENGTH = 16;

    /** Octets of M_B and M_A, for HMAC-SHA-256. */
    public static final int MAC_KEY_LENGTH = 32;

    private static final byte[] NO_SALT = {};

    /** All four keys. The master secret stays its owner's to close. */
    public static AlmostKeys derive(CryptoBackend crypto, Secret masterSecret) {
        var hkdf = new Hkdf(crypto, HashAlgorithm.SHA256);
        try (var extracted = hkdf.extract(NO_SALT, masterSecret)) {
            return new AlmostKeys(pair(hkdf, extracted, "B"), pair(hkdf, extracted, "A"));
        }
    }

    /** The lab's: both directions under E_B and M_B. */
    public static AlmostKeys deriveOnePair(CryptoBackend crypto, Secret masterSecret) {
        var hkdf = new Hkdf(crypto, HashAlgorithm.SHA256);
        try (var extracted = hkdf.extract(NO_SALT, masterSecret)) {
            return new AlmostKeys(pair(hkdf, extracted, "B"), pair(hkdf, extracted, "B"));
        }
    }

    private static RecordKeys pair(Hkdf hkdf, Secret extracted, String sender) {
        return new RecordKeys(
                hkdf.expand(extracted, label("M_" + sender), MAC_KEY_LENGTH),
                hkdf.expand(extracted, label("E_" + sender), ENCRYPTION_KEY_LENGTH),
                Secret.owning(new byte[0]));
    }

    /** AlmostTLSv1 §5: one label for each key. */
    private static byte[] label(String key) {
        return ("AlmostTLSv1 " + key).getBytes(StandardCharsets.US_ASCII);
    }

    /** What {@code role} protects its records with; Bob is the client. */
    public RecordKeys writtenBy(Role role) {
        return role == Role.CLIENT ? bob : alice;
    }

    @Override
    public void close() {
        bob.close();
        alice.close();
    }

    @Override
    public String toString() {
        return "AlmostKeys";
    }
}
