package org.almosttls.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.almosttls.alert.AlertDescription;
import org.almosttls.event.TlsEvent;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.RandomSplitter;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsConnectionTest {

    static Stream<CipherSuite> suites() {
        return Tls12Suite.ALL.stream().map(Tls12Suite::suite);
    }

    static ConnectionPair pair(CipherSuite... suites) {
        return new ConnectionPair(
                TestConfig.client().suites(suites).build(),
                TestConfig.server(TestCertificates.rsaServer(), TestCertificates.ecServer())
                        .build());
    }

    /** A pair that nobody listens to. */
    static ConnectionPair unheardPair(CipherSuite suite) {
        return new ConnectionPair(
                End.unheard(TestConfig.client().suites(suite).build()),
                End.unheard(TestConfig.server(TestCertificates.rsaServer(), TestCertificates.ecServer())
                        .build()));
    }

    static ConnectionPair pair() {
        return pair(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
    }

    static byte[] bytes(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static void carry(byte[] data, End from, End to) throws Exception {
        to.deliver(from.seal(data));
        to.receive();
    }

    @ParameterizedTest
    @MethodSource("suites")
    void everySuiteCarriesDataBothWays(CipherSuite suite) throws Exception {
        var pair = pair(suite);
        pair.handshake();
        carry(bytes(100_000), pair.client(), pair.server());
        carry(bytes(50_001), pair.server(), pair.client());
        assertArrayEquals(bytes(100_000), pair.server().data());
        assertArrayEquals(bytes(50_001), pair.client().data());
    }

    @ParameterizedTest
    @MethodSource("suites")
    void bothEndsAgreeOnTheSession(CipherSuite suite) throws Exception {
        var pair = pair(suite);
        pair.handshake();
        var client = pair.client().connection().session().orElseThrow();
        var server = pair.server().connection().session().orElseThrow();
        assertEquals(suite, client.cipherSuite());
        assertEquals(suite, server.cipherSuite());
        assertEquals(client.group(), server.group());
        assertEquals(client.scheme(), server.scheme());
        assertEquals(client.peerChain(), server.localChain());
        assertTrue(client.extendedMasterSecret());
    }

    @Test
    void finishedIsTakenOnce() throws Exception {
        var pair = pair();
        pair.handshake();
        assertTrue(pair.client().connection().takeFinished());
        assertFalse(pair.client().connection().takeFinished());
        assertTrue(pair.server().connection().takeFinished());
        assertFalse(pair.server().connection().takeFinished());
    }

    @ParameterizedTest
    @MethodSource("suites")
    void streamsMayArriveOneByteAtATime(CipherSuite suite) throws Exception {
        var pair = pair(suite);
        RandomSplitter.oneByteAtATime().handshake(pair);
        RandomSplitter.oneByteAtATime().deliver(pair.client().seal(bytes(2_000)), pair.server());
        assertArrayEquals(bytes(2_000), pair.server().data());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void streamsMayBeSplitAtRandom(long seed) throws Exception {
        var pair = pair();
        var splitter = RandomSplitter.seeded(seed);
        splitter.handshake(pair);
        splitter.deliver(pair.server().seal(bytes(40_000)), pair.client());
        assertArrayEquals(bytes(40_000), pair.client().data());
    }

    @Test
    void closeNotifyIsAnsweredAndEndsBothEnds() throws Exception {
        var pair = pair();
        pair.handshake();
        pair.client().connection().closeOutbound();
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        assertTrue(pair.server().connection().isInboundClosed());
        assertTrue(pair.server().connection().isOutboundClosed());
        ConnectionPair.carry(pair.server(), pair.client(), bytes -> bytes);
        assertEquals(ConnectionStatus.CLOSED, pair.client().connection().status());
        assertEquals(ConnectionStatus.CLOSED, pair.server().connection().status());
        assertEquals(TlsEvent.Ending.CLOSE_NOTIFY, ending(pair.client()));
        assertEquals(TlsEvent.Ending.CLOSE_NOTIFY, ending(pair.server()));
    }

    @Test
    void endOfInputWithoutCloseNotifyIsTruncation() throws Exception {
        var pair = pair();
        pair.handshake();
        assertFalse(pair.server().connection().closeInbound());
        assertEquals(TlsEvent.Ending.TRUNCATED, ending(pair.server()));
    }

    @Test
    void whatComesAfterAHalfCloseIsReceivedAndCounted() throws Exception {
        var pair = pair();
        pair.handshake();
        pair.client().connection().closeOutbound();
        carry(bytes(30_000), pair.server(), pair.client());
        pair.client().connection().abandon();
        assertArrayEquals(bytes(30_000), pair.client().data());
        var closed =
                pair.client().events().all(TlsEvent.Closed.class).findFirst().orElseThrow();
        assertEquals(TlsEvent.Ending.CLOSE_NOTIFY, closed.ending());
        assertEquals(30_000, closed.traffic().bytesReceived());
    }

    @Test
    void afterATruncationCloseNotifyCanStillBeSaid() throws Exception {
        var pair = pair();
        pair.handshake();
        assertFalse(pair.server().connection().closeInbound());
        pair.server().connection().closeOutbound();
        assertEquals(ConnectionStatus.NEED_SEND, pair.server().connection().status());
    }

    @Test
    void aClientThatCancelsBeforeItSeesTheAnswerIsUnderstood() throws Exception {
        var pair = pair();
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        pair.server().flush();
        pair.client().connection().closeOutbound();
        pair.server().deliver(pair.client().flush());
        var thrown = assertThrows(PeerAlertException.class, pair.server()::receive);
        assertEquals(AlertDescription.CLOSE_NOTIFY, thrown.description());
    }

    @Test
    void whatIsAbandonedIsToldOnce() throws Exception {
        var pair = pair();
        pair.handshake();
        pair.client().connection().abandon();
        pair.client().connection().abandon();
        assertEquals(List.of(TlsEvent.Ending.ABANDONED), endings(pair.client()));
    }

    @Test
    void trafficIsCounted() throws Exception {
        var pair = pair();
        pair.handshake();
        carry("hello".getBytes(StandardCharsets.US_ASCII), pair.client(), pair.server());
        carry(bytes(20_000), pair.server(), pair.client());
        pair.client().connection().abandon();
        var closed = pair.client().events().all(TlsEvent.Closed.class).findFirst();
        assertEquals(new TlsEvent.Traffic(5, 20_000, 1, 2), closed.orElseThrow().traffic());
    }

    @Test
    void secretsAreToldBeforeKeysChange() throws Exception {
        var pair = pair();
        pair.handshake();
        for (var end : List.of(pair.client(), pair.server())) {
            var kinds = end.events().events().stream().map(Object::getClass).toList();
            assertTrue(kinds.indexOf(TlsEvent.SecretDerived.class) >= 0);
            assertTrue(kinds.indexOf(TlsEvent.SecretDerived.class) < kinds.indexOf(TlsEvent.KeysChanged.class));
            assertEquals(TlsEvent.Opened.class, kinds.get(0));
        }
    }

    private static TlsEvent.Ending ending(End end) {
        return endings(end).get(0);
    }

    private static List<TlsEvent.Ending> endings(End end) {
        return end.events()
                .all(TlsEvent.Closed.class)
                .map(TlsEvent.Closed::ending)
                .toList();
    }
}
