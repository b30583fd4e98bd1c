package org.almosttls.crypto.jca;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.stream.Stream;
import org.almosttls.crypto.Randomness;
import org.almosttls.crypto.Secret;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.TestCertificates;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.bouncycastle.crypto.engines.RSAEngine;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RSAES-OAEP against Bouncy Castle's, and what a wrong ciphertext is answered with. */
class RsaOaepTest {

    private static final int LENGTH = 48;
    private static final RSAPublicKey PUBLIC =
            (RSAPublicKey) TestCertificates.rsaServer().certificate().getPublicKey();
    private static final RSAPrivateKey PRIVATE =
            (RSAPrivateKey) TestCertificates.rsaServer().key();

    private final Randomness randomness = new FixedRandomness(7);

    private static byte[] secret() {
        var secret = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) secret[i] = (byte) (i + 1);
        return secret;
    }

    private static byte[] byBouncyCastle(boolean encrypt, BigInteger exponent, byte[] input)
            throws InvalidCipherTextException {
        CipherParameters key = new RSAKeyParameters(!encrypt, PUBLIC.getModulus(), exponent);
        var oaep = new OAEPEncoding(new RSAEngine(), new SHA256Digest(), new SHA256Digest(), new byte[0]);
        oaep.init(encrypt, key);
        return oaep.processBlock(input, 0, input.length);
    }

    @Test
    void bouncyCastleDecryptsWhatWasEncrypted() throws Exception {
        byte[] encrypted = RsaOaep.encrypt(PUBLIC, Secret.owning(secret()), randomness);
        assertArrayEquals(secret(), byBouncyCastle(false, PRIVATE.getPrivateExponent(), encrypted));
    }

    @Test
    void decryptsWhatBouncyCastleEncrypted() throws Exception {
        byte[] encrypted = byBouncyCastle(true, PUBLIC.getPublicExponent(), secret());
        assertArrayEquals(
                secret(),
                RsaOaep.decrypt(PRIVATE, encrypted, LENGTH, randomness).bytes());
    }

    /** Each wrong in another way; Manger's attack would need to tell the first from the others. */
    static Stream<byte[]> wrongOnes() throws Exception {
        byte[] encrypted = byBouncyCastle(true, PUBLIC.getPublicExponent(), secret());
        byte[] flipped = encrypted.clone();
        flipped[100] ^= 1;
        byte[] ones = new byte[256];
        Arrays.fill(ones, (byte) 0xFF);
        return Stream.of(
                raw(BigInteger.ONE.shiftLeft(2040)),
                raw(BigInteger.ONE),
                raw(new BigInteger(1, new byte[] {0, 1, 2, 3})),
                flipped,
                byBouncyCastle(true, PUBLIC.getPublicExponent(), Arrays.copyOf(secret(), LENGTH - 1)),
                byBouncyCastle(true, PUBLIC.getPublicExponent(), new byte[0]),
                ones,
                new byte[256],
                new byte[] {1},
                Arrays.copyOf(encrypted, 255),
                Arrays.copyOf(encrypted, 257));
    }

    /** A block that is not padded at all. */
    private static byte[] raw(BigInteger block) {
        byte[] number =
                block.modPow(PUBLIC.getPublicExponent(), PUBLIC.getModulus()).toByteArray();
        var octets = new byte[256];
        int length = Math.min(number.length, octets.length);
        System.arraycopy(number, number.length - length, octets, octets.length - length, length);
        return octets;
    }

    @ParameterizedTest
    @MethodSource("wrongOnes")
    void aWrongCiphertextIsAnsweredByFreshOctets(byte[] wrong) throws GeneralSecurityException {
        byte[] drawn = new FixedRandomness(7).bytes(LENGTH);
        var answer = RsaOaep.decrypt(PRIVATE, wrong, LENGTH, randomness);
        assertArrayEquals(drawn, answer.bytes());
        assertFalse(Arrays.equals(secret(), answer.bytes()));
    }

    /** RFC 8017 §7.1.2, step 1b; a zero in front is part of the ciphertext. */
    @Test
    void aCiphertextHasOneLengthOnly() throws Exception {
        byte[] encrypted = byBouncyCastle(true, PUBLIC.getPublicExponent(), secret());
        while (encrypted[0] != 0) encrypted = byBouncyCastle(true, PUBLIC.getPublicExponent(), secret());
        var whole = RsaOaep.decrypt(PRIVATE, encrypted, LENGTH, randomness);
        assertArrayEquals(secret(), whole.bytes());
        var cut = RsaOaep.decrypt(PRIVATE, Arrays.copyOfRange(encrypted, 1, 256), LENGTH, randomness);
        assertFalse(Arrays.equals(secret(), cut.bytes()));
    }

    @Test
    void whatIsRightOrWrongDrawsTheSame() throws Exception {
        var right = new FixedRandomness(7);
        var wrong = new FixedRandomness(7);
        RsaOaep.decrypt(PRIVATE, byBouncyCastle(true, PUBLIC.getPublicExponent(), secret()), LENGTH, right);
        RsaOaep.decrypt(PRIVATE, new byte[256], LENGTH, wrong);
        assertArrayEquals(right.bytes(16), wrong.bytes(16));
    }

    @Test
    void aKeyThatIsNoneOfRsaIsTheCallersProblem() {
        var curve = TestCertificates.ecServer();
        assertThrows(InvalidKeyException.class, () -> RsaOaep.decrypt(curve.key(), new byte[256], LENGTH, randomness));
        assertThrows(
                InvalidKeyException.class,
                () -> RsaOaep.encrypt(curve.certificate().getPublicKey(), Secret.owning(secret()), randomness));
        assertEquals(256, PRIVATE.getModulus().bitLength() / 8);
    }
}
