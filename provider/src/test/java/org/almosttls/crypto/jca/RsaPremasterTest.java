package org.almosttls.crypto.jca;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.Secret;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 5246 §7.4.7.1: whatever is wrong with an encrypted premaster secret, the outcome looks like a right one. */
class RsaPremasterTest {

    private static final TestIdentity SERVER = TestCertificates.rsaServer();
    private static final PublicKey KEY = SERVER.certificate().getPublicKey();
    private static final int VERSION = 0x0303;
    private static final int BLOCK = 256;
    private static final int SEPARATOR = BLOCK - 49;

    private final CryptoBackend crypto = new JcaBackend();

    @Test
    void comesBackAsItWasEncrypted() throws GeneralSecurityException {
        try (var premaster = Secret.owning(premaster());
                var decrypted = decrypt(crypto.rsaEncrypt(KEY, premaster, new FixedRandomness(1)))) {
            assertArrayEquals(premaster(), decrypted.bytes());
        }
    }

    /** The block as RFC 8017 §7.2.1 pads it, so that the malformed ones below are one change away from right. */
    @Test
    void theBlockThatTheTestsChangeIsRight() throws GeneralSecurityException {
        assertArrayEquals(premaster(), decrypt(raw(block())).bytes());
    }

    static Stream<byte[]> malformedBlocks() {
        return Stream.of(
                        Stream.of(with(0, 1), with(1, 0), with(1, 1), with(1, 3)),
                        Stream.of(2, 3, 9, 10, 100, SEPARATOR - 1).map(zero -> with(zero, 0)),
                        Stream.of(1, 0x80, 0xFF).map(separator -> with(SEPARATOR, separator)),
                        Stream.of(with(SEPARATOR + 1, 2), with(SEPARATOR + 2, 2), with(SEPARATOR + 2, 4)),
                        Stream.of(withMessageOf(0), withMessageOf(47), withMessageOf(49), withMessageOf(245)),
                        Stream.of(new byte[BLOCK]))
                .flatMap(blocks -> blocks);
    }

    @ParameterizedTest
    @MethodSource("malformedBlocks")
    void malformedBlocksGiveRandomOctetsUnderTheRightVersion(byte[] block) throws GeneralSecurityException {
        assertRandom(raw(block));
    }

    @Test
    void ciphertextsOfTheWrongLengthOrSizeDoToo() throws GeneralSecurityException {
        byte[] right = raw(block());
        assertRandom(new byte[0]);
        assertRandom(new byte[1]);
        assertRandom(new byte[BLOCK]);
        assertRandom(Arrays.copyOf(right, BLOCK - 1));
        assertRandom(Arrays.copyOf(right, BLOCK + 1));
        assertRandom(new byte[5000]);
        byte[] tooGreat = new byte[BLOCK];
        Arrays.fill(tooGreat, (byte) 0xFF);
        assertRandom(tooGreat);
        byte[] modulus = ((RSAPublicKey) KEY).getModulus().toByteArray();
        assertRandom(Arrays.copyOfRange(modulus, modulus.length - BLOCK, modulus.length));
    }

    /** A leading zero may be cut from the number, but the field has the length of the modulus. */
    @Test
    void aCiphertextWithoutItsLeadingZeroIsOfTheWrongLength() throws GeneralSecurityException {
        byte[] block = block();
        byte[] ciphertext = raw(block);
        for (int i = 2; ciphertext[0] != 0; i = i == 90 ? 2 : i + 1) {
            block[i] = (byte) (block[i] == -1 ? 1 : block[i] + 1);
            ciphertext = raw(block);
        }
        assertArrayEquals(premaster(), decrypt(ciphertext).bytes());
        assertRandom(Arrays.copyOfRange(ciphertext, 1, BLOCK));
    }

    @Test
    void theOctetsAreFreshEachTime() {
        var randomness = new FixedRandomness(5);
        var one = crypto.rsaDecryptPremaster(SERVER.key(), new byte[BLOCK], VERSION, randomness);
        var two = crypto.rsaDecryptPremaster(SERVER.key(), new byte[BLOCK], VERSION, randomness);
        assertFalse(one.matches(two.bytes()));
    }

    /** The outcome is the version and what the randomness yields first: nothing of what was decrypted. */
    private void assertRandom(byte[] encrypted) {
        byte[] expected = new FixedRandomness(3).bytes(48);
        expected[0] = VERSION >> 8;
        expected[1] = (byte) VERSION;
        assertArrayEquals(expected, decrypt(encrypted).bytes());
    }

    private Secret decrypt(byte[] encrypted) {
        return crypto.rsaDecryptPremaster(SERVER.key(), encrypted, VERSION, new FixedRandomness(3));
    }

    private static byte[] premaster() {
        byte[] premaster = new FixedRandomness(4).bytes(48);
        premaster[0] = VERSION >> 8;
        premaster[1] = (byte) VERSION;
        return premaster;
    }

    private static byte[] block() {
        var block = new byte[BLOCK];
        block[1] = 2;
        Arrays.fill(block, 2, SEPARATOR, (byte) 0x77);
        System.arraycopy(premaster(), 0, block, SEPARATOR + 1, 48);
        return block;
    }

    private static byte[] with(int index, int octet) {
        byte[] block = block();
        block[index] = (byte) octet;
        return block;
    }

    /** Well padded, but around a message of another length. */
    private static byte[] withMessageOf(int length) {
        byte[] block = block();
        block[SEPARATOR] = 0x77;
        Arrays.fill(block, SEPARATOR + 1, BLOCK, (byte) 0x77);
        block[BLOCK - length - 1] = 0;
        if (length >= 2) {
            block[BLOCK - length] = VERSION >> 8;
            block[BLOCK - length + 1] = (byte) VERSION;
        }
        return block;
    }

    /** RSA without padding. */
    private static byte[] raw(byte[] block) throws GeneralSecurityException {
        assertEquals(-1, new BigInteger(1, block).compareTo(((RSAPublicKey) KEY).getModulus()), "fits the modulus");
        var cipher = Cipher.getInstance("RSA/ECB/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, KEY);
        return cipher.doFinal(block);
    }
}
