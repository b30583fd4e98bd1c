package org.almosttls.handshake.tls12;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.handshake.Action;
import org.almosttls.message.ClientKeyExchange.EncryptedPremasterSecret;
import org.almosttls.registry.CipherSuite;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 5246 §7.4.7.1: whatever is wrong with an encrypted premaster secret, the server's answer has one shape. */
class BleichenbacherTest {

    static Stream<Arguments> secrets() throws Exception {
        return Stream.of(
                wrong("octets that are no padding", encrypted -> octets(256, 0x11)),
                wrong("one bit off", encrypted -> {
                    var changed = encrypted.clone();
                    changed[100] ^= 1;
                    return changed;
                }),
                wrong("too short", encrypted -> Arrays.copyOf(encrypted, 255)),
                wrong("too long", encrypted -> Arrays.copyOf(encrypted, 257)),
                wrong("nothing", encrypted -> new byte[0]),
                wrong("beyond the modulus", encrypted -> octets(256, 0xFF)),
                wrong("the wrong version", encrypted -> encrypt(premaster(0x0302, 48))),
                wrong("47 octets", encrypted -> encrypt(premaster(0x0303, 47))),
                wrong("49 octets", encrypted -> encrypt(premaster(0x0303, 49))),
                wrong("no octets", encrypted -> encrypt(new byte[0])));
    }

    private static Arguments wrong(String name, UnaryOperator<byte[]> change) {
        return Arguments.of(name, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("secrets")
    void failsOnlyAtFinishedAndInOneWay(String name, UnaryOperator<byte[]> change) throws Exception {
        var pair = pair().changing(
                        EncryptedPremasterSecret.class,
                        message -> new EncryptedPremasterSecret(change.apply(message.encrypted())));
        Expect.violation(Violation.WRONG_FINISHED, pair::handshake);
        assertEquals(shapeUntilFinished(pair().handshake()), shape(pair), name);
    }

    /** The same for a client that has the right secret and only then goes wrong: nothing tells the two apart. */
    @Test
    void aGoodSecretInAChangedMessageFailsLikeABadOne() throws Exception {
        var pair = pair().changing(
                        EncryptedPremasterSecret.class,
                        message -> new EncryptedPremasterSecret(encrypt(premaster(0x0303, 48))));
        Expect.violation(Violation.WRONG_FINISHED, pair::handshake);
        assertEquals(shapeUntilFinished(pair().handshake()), shape(pair));
    }

    private static List<String> shape(StatePair pair) {
        return pair.server().actions().stream()
                .map(action -> action.getClass().getSimpleName())
                .toList();
    }

    private static List<String> shapeUntilFinished(StatePair pair) {
        var all = shape(pair);
        return all.subList(0, all.indexOf(Action.ProtectReads.class.getSimpleName()) + 1);
    }

    private static byte[] premaster(int version, int length) {
        var premaster = octets(length, 0x42);
        premaster[0] = (byte) (version >>> 8);
        premaster[1] = (byte) version;
        return premaster;
    }

    private static byte[] encrypt(byte[] premaster) {
        try {
            var cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    TestCertificates.rsaServer().certificate().getPublicKey());
            return cipher.doFinal(premaster);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] octets(int length, int value) {
        var octets = new byte[length];
        Arrays.fill(octets, (byte) value);
        return octets;
    }

    private static StatePair pair() throws TlsAlertException {
        return new StatePair(
                TestConfig.client()
                        .suites(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA)
                        .build(),
                TestConfig.server(TestCertificates.rsaServer()).build());
    }
}
