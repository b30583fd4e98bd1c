package org.almosttls.crypto.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.Randomness;
import org.almosttls.crypto.jca.JcaBackend;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.FixedRandomness;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scheme under every kind of key: who fits whom, and that both implementations understand each other. */
class SignaturesTest {

    private static final byte[] CONTENT = "to be signed".getBytes(StandardCharsets.US_ASCII);
    private static final Randomness RANDOMNESS = new FixedRandomness(11);
    private static final CryptoBackend JCA = new JcaBackend();
    private static final CryptoBackend CHOSEN = PerOperationBackend.platform();
    private static final Map<String, KeyPair> KEYS = new LinkedHashMap<>();

    private static final List<SignatureScheme> RSA = List.of(
            SignatureScheme.RSA_PKCS1_SHA1,
            SignatureScheme.RSA_PKCS1_SHA256,
            SignatureScheme.RSA_PKCS1_SHA384,
            SignatureScheme.RSA_PKCS1_SHA512,
            SignatureScheme.RSA_PSS_RSAE_SHA256,
            SignatureScheme.RSA_PSS_RSAE_SHA384,
            SignatureScheme.RSA_PSS_RSAE_SHA512);
    private static final List<SignatureScheme> ECDSA = List.of(
            SignatureScheme.ECDSA_SHA1,
            SignatureScheme.ECDSA_SECP256R1_SHA256,
            SignatureScheme.ECDSA_SECP384R1_SHA384,
            SignatureScheme.ECDSA_SECP521R1_SHA512);

    @BeforeAll
    static void makeKeys() throws GeneralSecurityException {
        for (int bits : new int[] {512, 768, 1024, 1040, 2048}) KEYS.put("RSA " + bits, rsa(bits));
        for (String curve : List.of("secp256r1", "secp384r1", "secp521r1")) KEYS.put("EC " + curve, ec(curve));
        for (String curve : List.of("Ed25519", "Ed448")) {
            KEYS.put(curve, KeyPairGenerator.getInstance(curve).generateKeyPair());
        }
    }

    private static KeyPair rsa(int bits) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static KeyPair ec(String curve) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    static Stream<SignatureScheme> schemes() {
        return Stream.of(RSA, ECDSA, List.of(SignatureScheme.ED25519, SignatureScheme.ED448))
                .flatMap(List::stream);
    }

    /** In TLS 1.2 an ECDSA scheme says nothing of the curve (RFC 5246 §7.4.1.4.1). */
    @ParameterizedTest
    @MethodSource("schemes")
    void fitsTheKeysThatCanSignIt(SignatureScheme scheme) {
        KEYS.forEach((name, pair) -> assertEquals(
                kindFits(scheme, name) && platformSigns(scheme, pair), CHOSEN.fits(scheme, pair.getPublic()), name));
    }

    private static boolean kindFits(SignatureScheme scheme, String key) {
        if (RSA.contains(scheme)) return key.startsWith("RSA");
        if (ECDSA.contains(scheme)) return key.startsWith("EC ");
        return key.equalsIgnoreCase(scheme.name());
    }

    private static boolean platformSigns(SignatureScheme scheme, KeyPair pair) {
        try {
            return JCA.sign(scheme, pair.getPrivate(), RANDOMNESS, CONTENT).length > 0;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void eachVerifiesWhatTheOtherSigned(SignatureScheme scheme) throws GeneralSecurityException {
        for (KeyPair pair : fitting(scheme)) {
            byte[] ours = CHOSEN.sign(scheme, pair.getPrivate(), RANDOMNESS, CONTENT);
            byte[] theirs = JCA.sign(scheme, pair.getPrivate(), RANDOMNESS, CONTENT);
            assertTrue(JCA.verify(scheme, pair.getPublic(), ours, CONTENT));
            assertTrue(CHOSEN.verify(scheme, pair.getPublic(), theirs, CONTENT));
        }
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void partsAreSignedOneAfterTheOther(SignatureScheme scheme) throws GeneralSecurityException {
        byte[] head = Arrays.copyOf(CONTENT, 4);
        byte[] rest = Arrays.copyOfRange(CONTENT, 4, CONTENT.length);
        for (KeyPair pair : fitting(scheme)) {
            byte[] signature = CHOSEN.sign(scheme, pair.getPrivate(), RANDOMNESS, head, new byte[0], rest);
            assertTrue(CHOSEN.verify(scheme, pair.getPublic(), signature, CONTENT));
            assertFalse(CHOSEN.verify(scheme, pair.getPublic(), signature, rest, head));
        }
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void wrongAndMalformedSignaturesDoNotVerify(SignatureScheme scheme) throws GeneralSecurityException {
        for (KeyPair pair : fitting(scheme)) {
            byte[] right = CHOSEN.sign(scheme, pair.getPrivate(), RANDOMNESS, CONTENT);
            for (CryptoBackend crypto : List.of(JCA, CHOSEN)) {
                for (byte[] wrong : malformed(right)) {
                    assertFalse(crypto.verify(scheme, pair.getPublic(), wrong, CONTENT));
                }
            }
        }
    }

    private static List<byte[]> malformed(byte[] right) {
        byte[] first = right.clone();
        first[0] ^= 1;
        byte[] last = right.clone();
        last[last.length - 1] ^= 1;
        return List.of(
                first,
                last,
                new byte[0],
                new byte[right.length],
                Arrays.copyOf(right, right.length - 1),
                Arrays.copyOf(right, right.length + 1));
    }

    /** An alleged signature of two zeroes or of numbers beyond the order, "psychic signatures" of CVE-2022-21449. */
    @Test
    void emptyEcdsaNumbersDoNotVerify() {
        PublicKey key = KEYS.get("EC secp256r1").getPublic();
        byte[] zeroes = {0x30, 6, 2, 1, 0, 2, 1, 0};
        assertFalse(CHOSEN.verify(SignatureScheme.ECDSA_SECP256R1_SHA256, key, zeroes, CONTENT));
    }

    @Test
    void aKeyThatDoesNotFitVerifiesNothing() throws GeneralSecurityException {
        var rsa = KEYS.get("RSA 2048");
        byte[] signature = CHOSEN.sign(SignatureScheme.RSA_PKCS1_SHA256, rsa.getPrivate(), RANDOMNESS, CONTENT);
        PublicKey ec = KEYS.get("EC secp256r1").getPublic();
        assertFalse(CHOSEN.verify(SignatureScheme.RSA_PKCS1_SHA256, ec, signature, CONTENT));
        assertFalse(CHOSEN.verify(SignatureScheme.RSA_PSS_RSAE_SHA256, rsa.getPublic(), signature, CONTENT));
        assertFalse(CHOSEN.verify(new SignatureScheme(0xFE00), rsa.getPublic(), signature, CONTENT));
    }

    private static List<KeyPair> fitting(SignatureScheme scheme) {
        return KEYS.values().stream()
                .filter(pair -> CHOSEN.fits(scheme, pair.getPublic()))
                .toList();
    }
}
