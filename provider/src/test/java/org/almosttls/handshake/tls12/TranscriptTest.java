package org.almosttls.handshake.tls12;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.Finished;
import org.almosttls.message.HelloRequest;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.SpiedCrypto;
import org.almosttls.testkit.StateEnd.Flying;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;

/** What secrets and Finished are computed over, checked against a PRF of the test's own. */
class TranscriptTest {

    private static final int HEADER = 4;

    @Test
    void finishedCoversEveryMessageThatFlewBefore() throws Exception {
        var pair = pair().until(HandshakeType.FINISHED);
        byte[] master = pair.client().secret().secret().bytes().clone();
        pair.handshake();

        var messages = messages(pair.flown());
        int clientFinished = indexOf(messages, HandshakeType.FINISHED);
        assertArrayEquals(
                prf(master, "client finished", hash(messages.subList(0, clientFinished)), 12),
                body(messages.get(clientFinished)));
        assertArrayEquals(
                prf(master, "server finished", hash(messages.subList(0, clientFinished + 1)), 12),
                body(messages.get(messages.size() - 1)));
    }

    /** RFC 7627 §4. */
    @Test
    void theExtendedMasterSecretCoversAllUpToClientKeyExchange() throws Exception {
        var crypto = new SpiedCrypto();
        var pair = pair(crypto).until(HandshakeType.CERTIFICATE_VERIFY);
        byte[] master = pair.client().secret().secret().bytes().clone();

        var messages = messages(pair.flown());
        assertEquals(HandshakeType.CLIENT_KEY_EXCHANGE.code(), messages.get(messages.size() - 1)[0]);
        byte[] premaster = crypto.premasters().get(0);
        assertArrayEquals(prf(premaster, "extended master secret", hash(messages), 48), master);
    }

    /** RFC 5246 §8.1, for a client that does not offer the extension. */
    @Test
    void theMasterSecretWithoutTheExtensionIsOfTheRandoms() throws Exception {
        var crypto = new SpiedCrypto();
        var pair = pair(crypto)
                .changing(
                        ClientHello.class,
                        hello -> Hellos.extensions(hello, Hellos.without(ExtensionType.EXTENDED_MASTER_SECRET)))
                .until(HandshakeType.CERTIFICATE_VERIFY);
        byte[] master = pair.client().secret().secret().bytes().clone();
        assertArrayEquals(master, prf(crypto.premasters().get(0), "master secret", randoms(pair.flown()), 48));
        Expect.violation(Violation.WRONG_SIGNATURE, pair::handshake);
    }

    /** RFC 5246 §7.4.1.1: HelloRequest is ignored during the handshake, and no part of it. */
    @Test
    void helloRequestsAreNotCovered() throws Exception {
        var pair = pair().until(HandshakeType.SERVER_HELLO);
        var request = new Flying(EncodedMessage.of(new HelloRequest()).bytes());
        pair.client().receive(request);
        pair.until(HandshakeType.SERVER_HELLO_DONE);
        pair.client().receive(request);
        pair.handshake();
        assertEquals(true, pair.client().session().isPresent());
        assertEquals(true, pair.server().session().isPresent());
    }

    @Test
    void aClientIgnoresEightHelloRequestsAndNoMore() throws Exception {
        var client = pair().client();
        var request = new Flying(EncodedMessage.of(new HelloRequest()).bytes());
        for (int i = 0; i < 8; i++) client.receive(request);
        Expect.violation(Violation.TOO_MANY_HELLO_REQUESTS, () -> client.receive(request));
    }

    @Test
    void aWrongFinishedOfTheClientIsRefused() throws Exception {
        var pair = pair().until(HandshakeType.FINISHED).changing(Finished.class, TranscriptTest::changed);
        Expect.violation(Violation.WRONG_FINISHED, pair::handshake);
        assertEquals(true, pair.server().session().isEmpty());
    }

    @Test
    void aWrongFinishedOfTheServerIsRefused() throws Exception {
        var pair = pair();
        pair.until(HandshakeType.FINISHED).deliverNext();
        pair.changing(Finished.class, TranscriptTest::changed);
        Expect.violation(Violation.WRONG_FINISHED, pair::handshake);
        assertEquals(true, pair.client().session().isEmpty());
    }

    private static Finished changed(Finished finished) {
        byte[] verifyData = finished.verifyData().clone();
        verifyData[11] ^= 1;
        return new Finished(verifyData);
    }

    private static StatePair pair() throws TlsAlertException {
        return pair(new SpiedCrypto());
    }

    private static StatePair pair(SpiedCrypto crypto) throws TlsAlertException {
        return new StatePair(
                TestConfig.client(TestCertificates.ecClient())
                        .suites(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)
                        .with("crypto", crypto.backend())
                        .build(),
                TestConfig.server(TestCertificates.ecServer())
                        .asking(ClientAuthentication.NEED)
                        .build());
    }

    private static List<byte[]> messages(List<Flying> flown) {
        return flown.stream()
                .filter(flying -> !flying.isChangeCipherSpec())
                .map(Flying::bytes)
                .toList();
    }

    private static int indexOf(List<byte[]> messages, HandshakeType type) {
        return messages.stream().map(message -> (int) message[0]).toList().indexOf(type.code());
    }

    private static byte[] body(byte[] message) {
        return Arrays.copyOfRange(message, HEADER, message.length);
    }

    /** RFC 5246 §7.4.1.2: the random stands behind the version. */
    private static byte[] randoms(List<Flying> flown) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < 2; i++) out.write(flown.get(i).bytes(), HEADER + 2, 32);
        return out.toByteArray();
    }

    private static byte[] hash(List<byte[]> messages) throws GeneralSecurityException {
        var digest = MessageDigest.getInstance("SHA-256");
        messages.forEach(digest::update);
        return digest.digest();
    }

    /** RFC 5246 §5. */
    private static byte[] prf(byte[] secret, String label, byte[] seed, int length) throws GeneralSecurityException {
        byte[] labelled = concatenated(label.getBytes(StandardCharsets.US_ASCII), seed);
        var out = new ByteArrayOutputStream();
        for (byte[] a = hmac(secret, labelled); out.size() < length; a = hmac(secret, a))
            out.writeBytes(hmac(secret, concatenated(a, labelled)));
        return Arrays.copyOf(out.toByteArray(), length);
    }

    private static byte[] hmac(byte[] key, byte[] content) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(content);
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
