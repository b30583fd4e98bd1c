package org.almosttls.attacks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.net.ssl.SSLSocket;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.TlsConfig;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.handshake.Action;
import org.almosttls.message.ClientKeyExchange.EncryptedPremasterSecret;
import org.almosttls.registry.CipherSuite;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Mallory;
import org.almosttls.testkit.RawPair;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bleichenbacher, 1998; Böck, Somorovsky and Young, "Return Of Bleichenbacher's Oracle Threat", 2018. RFC 5246 §7.4.7.1:
 * whatever is wrong with an encrypted premaster secret, the server's answer has one shape.
 */
class RobotTest {

    private static final String DISABLED = "jdk.tls.disabledAlgorithms";

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
                wrong("no octets", encrypted -> encrypt(new byte[0])),
                wrong("0x00 0x01 in front", encrypted -> raw(block(1, 1))),
                wrong("0x41 0x17 in front", encrypted -> raw(block(0, 0x41, 1, 0x17))),
                wrong("no zero before the secret", encrypted -> raw(block(256 - 49, 7))),
                wrong("no zero at all", encrypted -> raw(block(256 - 49, 7, 256 - 48, 0x33))),
                wrong("a zero amid the first eight octets", encrypted -> raw(block(5, 0))),
                wrong("a zero amid the padding", encrypted -> raw(block(100, 0))),
                wrong("a zero amid the secret", encrypted -> raw(block(256 - 49, 7, 256 - 30, 0))),
                wrong("version 2.2", encrypted -> raw(block(256 - 48, 2, 256 - 47, 2))),
                wrong("nothing but zeroes", encrypted -> new byte[256]));
    }

    /** RFC 8017 §7.2.1: what is encrypted when all is well, but for octets that are others: position, value, and so on. */
    private static byte[] block(int... changes) {
        var block = octets(256, 0x5A);
        block[0] = 0;
        block[1] = 2;
        block[256 - 49] = 0;
        System.arraycopy(premaster(0x0303, 48), 0, block, 256 - 48, 48);
        for (int i = 0; i < changes.length; i += 2) block[changes[i]] = (byte) changes[i + 1];
        return block;
    }

    private static byte[] raw(byte[] block) {
        return encrypt("RSA/ECB/NoPadding", block);
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

    /** The same primitives in the same order, which takes the place of a measurement. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("secrets")
    void takesTheSameWork(String name, UnaryOperator<byte[]> change) throws Exception {
        assertEquals(workFor(encrypted -> encrypt(premaster(0x0303, 48))), workFor(change), name);
    }

    private static List<String> workFor(UnaryOperator<byte[]> change) throws Exception {
        var calls = new ArrayList<String>();
        var usual = PerOperationBackend.platform();
        var counting = (CryptoBackend) Proxy.newProxyInstance(
                RobotTest.class.getClassLoader(), new Class<?>[] {CryptoBackend.class}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    try {
                        return method.invoke(usual, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
        var pair = new StatePair(client(), server().with("crypto", counting).build())
                .changing(
                        EncryptedPremasterSecret.class,
                        message -> new EncryptedPremasterSecret(change.apply(message.encrypted())));
        Expect.violation(Violation.WRONG_FINISHED, pair::handshake);
        return calls;
    }

    /** Over a socket, by a client that goes on to Finished as if all were well: the same octets, and then the end. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("secrets")
    void theAnswerOverASocketIsTheSame(String name, UnaryOperator<byte[]> change) throws Exception {
        String disabled = Security.getProperty(DISABLED);
        Contexts.client(Contexts.PLATFORM).createSSLEngine();
        Security.setProperty(DISABLED, "");
        try (var raw = RawPair.open()) {
            var victim = (SSLSocket) Contexts.with(Contexts.OURS, TestCertificates.rsaServer())
                    .getSocketFactory()
                    .createSocket(raw.server(), null, true);
            var serving = CompletableFuture.runAsync(() -> assertThrows(IOException.class, victim::startHandshake));
            var mallory = new Mallory(client(), raw.client())
                    .goingOnFor(0)
                    .changing(
                            EncryptedPremasterSecret.class,
                            message -> new EncryptedPremasterSecret(change.apply(message.encrypted())));
            mallory.run();
            serving.get(20, TimeUnit.SECONDS);
            assertEquals(1, mallory.alerts().size());
            // The Finished under keys that the server does not have.
            byte[] badRecord = {2, (byte) AlertDescription.BAD_RECORD_MAC.code()};
            assertArrayEquals(badRecord, mallory.alerts().get(0));
        } finally {
            Security.setProperty(DISABLED, disabled);
        }
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
        return encrypt("RSA/ECB/PKCS1Padding", premaster);
    }

    private static byte[] encrypt(String how, byte[] premaster) {
        try {
            var cipher = Cipher.getInstance(how);
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
        return new StatePair(client(), server().build());
    }

    private static TlsConfig client() {
        return TestConfig.client()
                .suites(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA)
                .build();
    }

    private static TestConfig server() {
        return TestConfig.server(TestCertificates.rsaServer());
    }
}
