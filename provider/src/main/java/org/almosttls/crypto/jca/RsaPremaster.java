package org.almosttls.crypto.jca;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.NoSuchPaddingException;
import org.almosttls.crypto.Randomness;
import org.almosttls.crypto.Secret;

/**
 * RFC 5246 §7.4.7.1: the premaster secret under the server's RSA key. Opening it must tell nobody whether the padding
 * was right, or an attacker could decrypt by asking (Bleichenbacher): the answer to anything wrong is drawn before the
 * decryption and selected without a branch or an index that depends on what was decrypted.
 */
final class RsaPremaster {

    static final int LENGTH = 48;

    /** 0x00 0x02, at least 8 octets of padding, 0x00. */
    private static final int SHORTEST = 11 + LENGTH;

    private RsaPremaster() {}

    static byte[] encrypt(PublicKey key, Secret premaster, Randomness randomness) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, key, randomness.secureRandom());
        return cipher.doFinal(premaster.bytes());
    }

    static Secret decrypt(PrivateKey key, byte[] encrypted, int version, Randomness randomness) {
        byte[] otherwise = randomness.bytes(LENGTH);
        byte[] block = blockOf(key, encrypted, randomness);
        try {
            return Secret.owning(select(block, version, otherwise));
        } finally {
            Arrays.fill(block, (byte) 0);
        }
    }

    /** The padded block as it was decrypted, or one that is badly padded. What decides here is public. */
    private static byte[] blockOf(PrivateKey key, byte[] encrypted, Randomness randomness) {
        try {
            var cipher = Cipher.getInstance("RSA/ECB/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, randomness.secureRandom());
            byte[] block = cipher.doFinal(encrypted);
            return block.length == encrypted.length && block.length >= SHORTEST ? block : new byte[SHORTEST];
        } catch (InvalidKeyException | NoSuchAlgorithmException | NoSuchPaddingException | ProviderException e) {
            return blockByDevice(key, encrypted, randomness);
        } catch (GeneralSecurityException e) {
            return new byte[SHORTEST]; // not a number below the modulus
        }
    }

    /** For keys of a device that removes the padding itself and does nothing else; how evenly, is up to it. */
    private static byte[] blockByDevice(PrivateKey key, byte[] encrypted, Randomness randomness) {
        var block = new byte[SHORTEST];
        try {
            var cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(Cipher.DECRYPT_MODE, key, randomness.secureRandom());
            byte[] message = cipher.doFinal(encrypted);
            if (message.length == LENGTH) pad(message, block);
            Arrays.fill(message, (byte) 0);
        } catch (GeneralSecurityException | ProviderException e) {
            return block;
        }
        return block;
    }

    private static void pad(byte[] message, byte[] block) {
        Arrays.fill(block, 2, SHORTEST - LENGTH - 1, (byte) 0xFF);
        block[1] = 2;
        System.arraycopy(message, 0, block, SHORTEST - LENGTH, LENGTH);
    }

    /** The last 48 octets of a well-formed block, else {@code otherwise}; led by the version either way. */
    private static byte[] select(byte[] block, int version, byte[] otherwise) {
        int start = block.length - LENGTH;
        int wrong = block[0] | block[1] ^ 2 | block[start - 1];
        for (int i = 2; i < start - 1; i++) wrong |= oneIfZero(block[i]);
        wrong |= block[start] ^ version >> 8;
        wrong |= (block[start + 1] ^ version) & 0xFF;
        int keep = -oneIfZero(wrong);
        var premaster = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            premaster[i] = (byte) (block[start + i] & keep | otherwise[i] & ~keep);
        }
        premaster[0] = (byte) (version >> 8);
        premaster[1] = (byte) version;
        return premaster;
    }

    /** 1 if the lowest 8 bits are all zero, else 0, without a branch. */
    private static int oneIfZero(int octet) {
        return ((octet & 0xFF) - 1) >>> 31;
    }
}
