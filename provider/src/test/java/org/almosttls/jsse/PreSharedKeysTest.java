package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.almosttls.api.PreSharedKeys;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8446 §2.2: applications give engines and sockets keys that they have by other means. */
class PreSharedKeysTest {

    private static final String SHA256 = "SHA-256";
    private static final byte[] ADA = octets("ada");
    private static final byte[] DATA = octets("data");

    private final SSLContext client = Contexts.named("TLS", Contexts.OURS);
    private final SSLContext withoutCertificate = Contexts.named("TLS", Contexts.OURS);
    private final SSLContext withCertificate = Contexts.named("TLS", Contexts.OURS, TestCertificates.ecServer());

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static SecretKey key(int octet) {
        return key(octet, 32);
    }

    private static SecretKey key(int octet, int length) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) octet);
        return new SecretKeySpec(octets, "TLS");
    }

    private static Function<byte[], Optional<SecretKey>> only(byte[] identity, SecretKey key) {
        return asked -> Arrays.equals(asked, identity) ? Optional.of(key) : Optional.empty();
    }

    private EnginePair pair(SSLContext server, SecretKey ofClient) {
        var pair = new EnginePair(client, server);
        of(pair, true).offerPreSharedKey(ADA, ofClient, SHA256);
        of(pair, false).acceptPreSharedKeys(SHA256, only(ADA, key(7)));
        return pair;
    }

    private static PreSharedKeys of(EnginePair pair, boolean ofClient) {
        return (PreSharedKeys) (ofClient ? pair.client() : pair.server()).engine();
    }

    private static void assertKnown(PreSharedKeys end, SSLSession session) {
        assertArrayEquals(ADA, end.preSharedKeyIdentity().orElseThrow());
        assertEquals("TLSv1.3", session.getProtocol());
        assertThrows(SSLPeerUnverifiedException.class, session::getPeerCertificates);
        assertThrows(SSLPeerUnverifiedException.class, session::getPeerPrincipal);
        assertNull(session.getLocalCertificates());
        assertNull(session.getLocalPrincipal());
        assertTrue(session.isValid());
    }

    @Test
    void enginesNeedNoCertificateThen() throws Exception {
        var pair = pair(withoutCertificate, key(7)).handshake();
        for (boolean ofClient : new boolean[] {true, false})
            assertKnown(
                    of(pair, ofClient),
                    (ofClient ? pair.client() : pair.server()).engine().getSession());
        EnginePair.send(pair.client(), pair.server(), DATA);
        EnginePair.send(pair.server(), pair.client(), DATA);
    }

    @Test
    void socketsNeedNoneEither() throws Exception {
        try (var pair = new SocketPair(client, withoutCertificate)) {
            ((PreSharedKeys) pair.client()).offerPreSharedKey(ADA, key(7), SHA256);
            ((PreSharedKeys) pair.server()).acceptPreSharedKeys(SHA256, only(ADA, key(7)));
            var atServer = pair.async(() -> pair.server().getInputStream().readNBytes(DATA.length));
            pair.client().getOutputStream().write(DATA);
            assertArrayEquals(DATA, SocketPair.await(atServer));
            assertKnown((PreSharedKeys) pair.client(), pair.client().getSession());
            assertKnown((PreSharedKeys) pair.server(), pair.server().getSession());
        }
    }

    @Test
    void aKeyMayBeForTheOtherHash() throws Exception {
        var pair = new EnginePair(client, withoutCertificate);
        of(pair, true).offerPreSharedKey(ADA, key(7, 48), "SHA-384");
        of(pair, false).acceptPreSharedKeys("SHA-384", only(ADA, key(7, 48)));
        pair.handshake();
        assertEquals(
                "TLS_AES_256_GCM_SHA384", pair.client().engine().getSession().getCipherSuite());
        assertTrue(of(pair, false).preSharedKeyIdentity().isPresent());
    }

    @Test
    void whoseKeyIsNotKnownIsShownTheCertificate() throws Exception {
        var pair = new EnginePair(client, withCertificate);
        of(pair, true).offerPreSharedKey(octets("eve"), key(7), SHA256);
        of(pair, false).acceptPreSharedKeys(SHA256, only(ADA, key(7)));
        pair.handshake();
        assertEquals(Optional.empty(), of(pair, true).preSharedKeyIdentity());
        assertEquals(Optional.empty(), of(pair, false).preSharedKeyIdentity());
        assertEquals(
                TestCertificates.ecServer().certificate(),
                pair.client().engine().getSession().getPeerCertificates()[0]);
    }

    /** What was authenticated by a key is not resumed by whoever wants to see a certificate. */
    @Test
    void theNextConnectionShowsItsCertificates() throws Exception {
        pair(withCertificate, key(7)).handshake();
        var next = new EnginePair(client, withCertificate).handshake();
        assertEquals(
                TestCertificates.ecServer().certificate(),
                next.client().engine().getSession().getPeerCertificates()[0]);
    }

    @Test
    void aKeyThatIsWrongIsDecryptError() {
        var pair = pair(withoutCertificate, key(8));
        var refused = assertThrows(SSLException.class, pair::handshake);
        assertTrue(refused.getMessage().contains("binder"), refused.getMessage());
    }

    @Test
    void clientCertificatesAreNotAskedFor() throws Exception {
        var pair = pair(withCertificate, key(7));
        pair.server().engine().setNeedClientAuth(true);
        pair.handshake();
        assertTrue(of(pair, false).preSharedKeyIdentity().isPresent());
    }

    @Test
    void nothingIsKnownBeforeTheHandshake() {
        assertEquals(
                Optional.empty(), of(pair(withoutCertificate, key(7)), true).preSharedKeyIdentity());
    }

    /** RFC 9257 §6. */
    @Test
    void shortKeysAreRefused() {
        var end = of(new EnginePair(client, withoutCertificate), true);
        var refused =
                assertThrows(IllegalArgumentException.class, () -> end.offerPreSharedKey(ADA, key(7, 15), SHA256));
        assertTrue(refused.getMessage().contains("16 octets"), refused.getMessage());
        end.offerPreSharedKey(ADA, key(7, 16), SHA256);
    }

    @Test
    void aServersShortKeyEndsTheHandshake() {
        var pair = new EnginePair(client, withoutCertificate);
        of(pair, true).offerPreSharedKey(ADA, key(7), SHA256);
        of(pair, false).acceptPreSharedKeys(SHA256, only(ADA, key(7, 15)));
        var refused = assertThrows(SSLException.class, pair::handshake);
        assertTrue(refused.getMessage().contains("16 octets"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SHA256", "SHA-512", "sha-256"})
    void thereAreTwoHashes(String hash) {
        var end = of(new EnginePair(client, withoutCertificate), true);
        assertThrows(IllegalArgumentException.class, () -> end.offerPreSharedKey(ADA, key(7), hash));
        assertThrows(IllegalArgumentException.class, () -> end.acceptPreSharedKeys(hash, only(ADA, key(7))));
    }

    @Test
    void anIdentityHasAnOctet() {
        var end = of(new EnginePair(client, withoutCertificate), true);
        assertThrows(IllegalArgumentException.class, () -> end.offerPreSharedKey(new byte[0], key(7), SHA256));
        assertThrows(IllegalArgumentException.class, () -> end.offerPreSharedKey(new byte[0x10000], key(7), SHA256));
    }

    @Test
    void afterTheHandshakeHasBegunItIsTooLate() throws Exception {
        var pair = pair(withoutCertificate, key(7)).handshake();
        assertThrows(IllegalStateException.class, () -> of(pair, true).offerPreSharedKey(ADA, key(7), SHA256));
        assertThrows(IllegalStateException.class, () -> of(pair, false).acceptPreSharedKeys(SHA256, only(ADA, key(7))));
    }

    /** Whoever changes its array afterwards changes nothing. */
    @Test
    void identitiesAreCopied() throws Exception {
        var pair = new EnginePair(client, withoutCertificate);
        byte[] identity = ADA.clone();
        of(pair, true).offerPreSharedKey(identity, key(7), SHA256);
        identity[0]++;
        of(pair, false).acceptPreSharedKeys(SHA256, only(ADA, key(7)));
        pair.handshake();
        of(pair, true).preSharedKeyIdentity().orElseThrow()[0]++;
        assertArrayEquals(ADA, of(pair, true).preSharedKeyIdentity().orElseThrow());
    }

    @Test
    void nothingPrintsAKey() {
        var pair = pair(withoutCertificate, key(7));
        assertFalse(pair.client().engine().toString().contains("0707"));
        assertEquals("ExternalKeys", new ExternalKeys().toString());
    }
}
