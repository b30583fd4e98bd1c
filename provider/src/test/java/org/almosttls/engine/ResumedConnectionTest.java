package org.almosttls.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.event.TlsEvent.HandshakeCompleted;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.RandomSplitter;
import org.almosttls.testkit.RawRecords;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestSessions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that resume a session, and what ends a session for good (RFC 5246 §7.2.2). */
class ResumedConnectionTest {

    private final TestSessions ofClient = new TestSessions();
    private final TestSessions ofServer = new TestSessions();
    private long seed = 100;

    private ConnectionPair pair() {
        return pair(config -> config);
    }

    private ConnectionPair pair(UnaryOperator<TestConfig> change) {
        var client = change.apply(TestConfig.client()).sessions(ofClient);
        var server = TestConfig.server(TestCertificates.rsaServer(), TestCertificates.ecServer())
                .sessions(ofServer);
        return new ConnectionPair(
                client.with("randomness", new FixedRandomness(seed++)).build(),
                server.with("randomness", new FixedRandomness(seed++)).build());
    }

    private ConnectionPair acquainted() throws Exception {
        pair().handshake();
        assertEquals(1, ofClient.kept().size());
        assertEquals(1, ofServer.kept().size());
        return pair();
    }

    private static boolean isResumed(ConnectionPair pair) {
        return pair.client().events().all(MessageTransferred.class).count() == 4;
    }

    private static void assertDataFlows(ConnectionPair pair) throws Exception {
        pair.server().deliver(pair.client().seal(new byte[] {1, 2, 3}));
        pair.server().receive();
        assertArrayEquals(new byte[] {1, 2, 3}, pair.server().data());
        pair.client().deliver(pair.server().seal(new byte[] {4, 5}));
        pair.client().receive();
        assertArrayEquals(new byte[] {4, 5}, pair.client().data());
    }

    static List<CipherSuite> suites() {
        return Tls12Suite.ALL.stream().map(Tls12Suite::suite).toList();
    }

    @ParameterizedTest
    @MethodSource("suites")
    void dataFlowsUnderEverySuite(CipherSuite suite) throws Exception {
        pair(client -> client.suites(suite)).handshake();
        var second = pair(client -> client.suites(suite));
        second.handshake();
        assertTrue(isResumed(second));
        assertDataFlows(second);
    }

    @Test
    void theHandshakeFinishesOnceAtEachEnd() throws Exception {
        var pair = acquainted();
        pair.handshake();
        for (var end : List.of(pair.client(), pair.server())) {
            assertEquals(1, end.events().all(HandshakeCompleted.class).count());
            assertTrue(end.connection().takeFinished());
            assertFalse(end.connection().takeFinished());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3})
    void itDoesNotMatterHowTheNetworkCuts(long cut) throws Exception {
        var pair = acquainted();
        var splitter = cut == 0 ? RandomSplitter.oneByteAtATime() : RandomSplitter.seeded(cut);
        splitter.handshake(pair);
        assertTrue(isResumed(pair));
        assertDataFlows(pair);
    }

    /** CVE-2014-0224, on the wire: a ChangeCipherSpec in front of each of the server's flights. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInjectedChangeCipherSpecIsRefused(boolean resuming) throws Exception {
        var pair = acquainted();
        if (!resuming) ofServer.forget(ofServer.kept().get(0).session().id());
        pair.server().deliver(pair.client().flush());
        pair.server().receive();
        pair.client().deliver(new byte[] {20, 3, 3, 0, 1, 1});
        Expect.violation(Violation.UNEXPECTED_MESSAGE, pair.client()::receive);
    }

    @Test
    void noMessageMayLieAcrossTheChangeOfKeys() throws Exception {
        var pair = acquainted();
        pair.server().deliver(pair.client().flush());
        pair.server().receive();
        byte[] flight = pair.server().flush();
        int hello = 5 + ((flight[3] & 0xFF) << 8 | flight[4] & 0xFF);
        pair.client().deliver(Arrays.copyOf(flight, hello));
        pair.client().deliver(new byte[] {22, 3, 3, 0, 1, 20});
        pair.client().deliver(Arrays.copyOfRange(flight, hello, flight.length));
        Expect.violation(Violation.MESSAGE_INTERLEAVED, pair.client()::receive);
    }

    @Test
    void closeNotifyDoesNotEndTheSession() throws Exception {
        var pair = acquainted();
        pair.handshake();
        pair.client().connection().closeOutbound();
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        var next = pair();
        next.handshake();
        assertTrue(isResumed(next));
    }

    /** RFC 5246 §7.2.1: since TLS 1.1 a cut after the handshake does not, either. */
    @Test
    void aCutAfterTheHandshakeDoesNotEndTheSession() throws Exception {
        var pair = acquainted();
        pair.handshake();
        assertFalse(pair.client().connection().closeInbound());
        assertEquals(1, ofClient.kept().size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFatalAlertEndsTheSessionAtBothEnds(boolean resumed) throws Exception {
        var pair = pair();
        if (resumed) pair = acquainted();
        pair.handshake();
        var server = pair.server();
        byte[] record = pair.client().seal(new byte[] {1});
        record[record.length - 1] ^= 1;
        server.deliver(record);
        Expect.violation(Violation.BAD_RECORD, server::receive);
        assertEquals(List.of(), ofServer.kept());
        assertEquals(1, ofClient.kept().size());
        pair.client().deliver(server.flush());
        assertThrows(PeerAlertException.class, pair.client()::receive);
        assertEquals(List.of(), ofClient.kept());
        var next = pair();
        next.handshake();
        assertFalse(isResumed(next));
    }

    /** RFC 5246 §7.2: fatal is fatal, whatever is said. */
    @Test
    void closeNotifyThatIsFatalEndsTheSession() throws Exception {
        var pair = pair();
        var raw = RawRecords.ofClient(pair);
        pair.server().deliver(raw.seal(ContentType.ALERT, new byte[] {2, 0}));
        pair.server().receive();
        assertEquals(List.of(), ofServer.kept());
        assertTrue(pair.server().connection().isInboundClosed());
    }

    /** Not at the server: whoever has read an id could end other people's sessions by it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFailedHandshakeEndsTheSessionThatTheClientWasToResume(boolean atClient) throws Exception {
        var pair = acquainted();
        UnaryOperator<byte[]> spoil = bytes -> {
            if (bytes.length > 0) bytes[bytes.length - 1] ^= 1;
            return bytes;
        };
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        if (atClient) {
            Expect.violation(Violation.BAD_RECORD, () -> ConnectionPair.carry(pair.server(), pair.client(), spoil));
            assertEquals(List.of(), ofClient.kept());
        } else {
            ConnectionPair.carry(pair.server(), pair.client(), bytes -> bytes);
            Expect.violation(Violation.BAD_RECORD, () -> ConnectionPair.carry(pair.client(), pair.server(), spoil));
            assertEquals(1, ofServer.kept().size());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHandshakeThatIsCutOffEndsTheSessionThatTheClientWasToResume(boolean atClient) throws Exception {
        var pair = acquainted();
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        cutOff(atClient ? pair.client() : pair.server());
        assertEquals(atClient ? 0 : 1, (atClient ? ofClient : ofServer).kept().size());
    }

    @Test
    void aTransportThatBreaksInTheHandshakeEndsTheSessionToo() throws Exception {
        var pair = acquainted();
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        pair.client().connection().abandon();
        assertEquals(List.of(), ofClient.kept());
    }

    /** RFC 5246 §7.2.2: whoever changes its mind has found nothing wrong with the session. */
    @Test
    void aHandshakeThatIsCancelledDoesNotEndTheSession() throws Exception {
        var pair = acquainted();
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        pair.client().connection().closeOutbound();
        pair.client().connection().abandon();
        assertEquals(1, ofClient.kept().size());
    }

    private static void cutOff(End end) throws TlsAlertException {
        assertFalse(end.connection().closeInbound());
    }

    /** Or whoever has read an id could end other people's sessions by a bad offer. */
    @Test
    void anOfferThatIsNotTakenUpDoesNotEndTheSession() throws Exception {
        acquainted();
        var pair = pair(client -> client.serverName("other.example"));
        pair.handshake();
        assertFalse(isResumed(pair));
        assertEquals(2, ofServer.kept().size());
    }
}
