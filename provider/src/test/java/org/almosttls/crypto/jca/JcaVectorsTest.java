package org.almosttls.crypto.jca;

import static org.almosttls.testkit.Hex.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.almosttls.crypto.Aead.Direction;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.HashAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Symmetric primitives against vectors that others published. */
class JcaVectorsTest {

    private final CryptoBackend crypto = new JcaBackend();

    /** NIST, "Example values" for FIPS 180-4: the message {@code abc}; RFC 1321 §A.5 for MD5. */
    @ParameterizedTest
    @CsvSource({
        "MD5, 900150983cd24fb0d6963f7d28e17f72",
        "SHA1, a9993e364706816aba3e25717850c26c9cd0d89d",
        "SHA256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "SHA384, cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
    })
    void hashes(HashAlgorithm algorithm, String digest) {
        assertArrayEquals(hex(digest), crypto.hash(algorithm, new byte[] {'a'}, new byte[0], new byte[] {'b', 'c'}));
    }

    /** Key {@code Jefe} of RFC 2202 §2, §3 (test case 2) and RFC 4231 §4.3. */
    @ParameterizedTest
    @CsvSource({
        "MD5, 750c783e6ab0b503eaa86e310a5db738",
        "SHA1, effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
        "SHA256, 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "SHA384, af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
    })
    void authenticates(HashAlgorithm algorithm, String tag) {
        byte[] content = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);
        var actual = new byte[algorithm.length()];
        try (var key = Secret.owning("Jefe".getBytes(StandardCharsets.US_ASCII));
                var hmac = crypto.hmac(algorithm, key)) {
            hmac.update(content, 0, 5)
                    .update(ByteBuffer.wrap(content, 5, content.length - 5))
                    .tag(actual, 0);
            assertArrayEquals(hex(tag), actual);
            hmac.update(content).tag(actual, 0);
            assertArrayEquals(hex(tag), actual, "the second time");
        }
    }

    private static final String GCM_KEY = "feffe9928665731c6d6a8f9467308308";
    private static final String GCM_CIPHERTEXT_128 = "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
            + "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e0915bc94fbc3221a5db94fae95ae7121a47";
    private static final String GCM_CIPHERTEXT_256 = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b";
    private static final byte[] GCM_PLAINTEXT = hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
    private static final byte[] GCM_NONCE = hex("cafebabefacedbaddecaf888");
    private static final byte[] GCM_ADDITIONAL = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");

    /** McGrew and Viega, "The Galois/Counter Mode of Operation", test cases 4 and 16. */
    @ParameterizedTest
    @CsvSource({GCM_KEY + "," + GCM_CIPHERTEXT_128, GCM_KEY + GCM_KEY + "," + GCM_CIPHERTEXT_256})
    void sealsAndOpensWithAesGcm(String key, String ciphertext) throws GeneralSecurityException {
        assertArrayEquals(hex(ciphertext), gcm(Direction.SEAL, key, GCM_PLAINTEXT));
        assertArrayEquals(GCM_PLAINTEXT, gcm(Direction.OPEN, key, hex(ciphertext)));
    }

    @Test
    void refusesAWrongTag() {
        byte[] wrong = hex(GCM_CIPHERTEXT_128);
        wrong[wrong.length - 1] ^= 1;
        assertThrows(GeneralSecurityException.class, () -> gcm(Direction.OPEN, GCM_KEY, wrong));
    }

    private byte[] gcm(Direction direction, String key, byte[] in) throws GeneralSecurityException {
        var out = ByteBuffer.allocate(in.length + (direction == Direction.SEAL ? 16 : -16));
        try (var secret = Secret.owning(hex(key));
                var aead = crypto.aesGcm(direction, secret)) {
            aead.start(GCM_NONCE, GCM_ADDITIONAL, GCM_ADDITIONAL.length);
            aead.finish(ByteBuffer.wrap(in), out);
            return out.array();
        }
    }

    private static final byte[] CBC_PLAINTEXT = hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
            + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
    private static final byte[] CBC_IV = hex("000102030405060708090a0b0c0d0e0f");

    /** NIST SP 800-38A §F.2.1 to §F.2.6. */
    @ParameterizedTest
    @CsvSource({
        "2b7e151628aed2a6abf7158809cf4f3c,"
                + "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2"
                + "73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7",
        "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4,"
                + "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d"
                + "39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b",
    })
    void sealsAndOpensWithAesCbcAgainAndAgain(String key, String ciphertext) throws GeneralSecurityException {
        try (var secret = Secret.owning(hex(key));
                var sealing = crypto.aesCbc(Direction.SEAL, secret);
                var opening = crypto.aesCbc(Direction.OPEN, secret)) {
            for (int times = 0; times < 3; times++) {
                var sealed = ByteBuffer.allocate(64);
                var opened = ByteBuffer.allocate(64);
                sealing.process(CBC_IV, ByteBuffer.wrap(CBC_PLAINTEXT), sealed);
                opening.process(CBC_IV, sealed.flip(), opened);
                assertArrayEquals(hex(ciphertext), sealed.array());
                assertArrayEquals(CBC_PLAINTEXT, opened.array());
            }
        }
    }
}
