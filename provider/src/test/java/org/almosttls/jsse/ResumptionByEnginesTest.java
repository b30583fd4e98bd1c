package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EngineEnd;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.WithoutTickets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resumption as users of engines see it. */
class ResumptionByEnginesTest {

    private final SSLContext client = Contexts.with(Contexts.OURS, TestCertificates.ecClient());
    private final SSLContext server = Contexts.with(Contexts.OURS, TestCertificates.rsaServer());

    private EnginePair pair() {
        return new EnginePair(client, server);
    }

    private EnginePair pair(Consumer<SSLParameters> change) {
        var pair = pair();
        change(pair.client().engine(), change);
        return pair;
    }

    private static void change(SSLEngine engine, Consumer<SSLParameters> change) {
        var parameters = engine.getSSLParameters();
        change.accept(parameters);
        engine.setSSLParameters(parameters);
    }

    private static SSLSession ofClient(EnginePair pair) {
        return pair.client().engine().getSession();
    }

    private static SSLSession ofServer(EnginePair pair) {
        return pair.server().engine().getSession();
    }

    @Test
    void theSessionIsTheSameObject() throws Exception {
        var first = pair().handshake();
        ofClient(first).putValue("key", "value");
        ofServer(first).putValue("key", 1);
        var second = pair().handshake();
        assertSame(ofClient(first), ofClient(second));
        assertSame(ofServer(first), ofServer(second));
        assertEquals("value", ofClient(second).getValue("key"));
        assertEquals(1, ofServer(second).getValue("key"));
        // RFC 5077 §3.4: each end has an id of its own where the session goes by ticket.
        assertEquals(32, ofServer(second).getId().length);
        assertEquals(32, ofClient(second).getId().length);
        assertTrue(ofClient(second).isValid());
        assertTrue(ofClient(second).getLastAccessedTime() >= ofClient(second).getCreationTime());
        assertEquals("localhost", ofClient(second).getPeerHost());
        assertArrayEquals(
                TestCertificates.rsaServer().chain().toArray(), ofClient(second).getPeerCertificates());
        assertArrayEquals(
                TestCertificates.rsaServer().chain().toArray(), ofServer(second).getLocalCertificates());
        EnginePair.send(second.client(), second.server(), new byte[] {1, 2});
        EnginePair.send(second.server(), second.client(), new byte[] {3});
        assertArrayEquals(new byte[] {1, 2}, second.server().data());
        assertArrayEquals(new byte[] {3}, second.client().data());
    }

    /** RFC 5246 §7.3: this time the client has the last word. */
    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, 1, 50})
    void eachEndFinishesOnce(int pieceSize) throws Exception {
        pair().handshake();
        var second = pair().handshake(pieceSize);
        assertEquals(1, second.client().timesFinished());
        assertEquals(1, second.server().timesFinished());
        var ofClient = finishing(second.client());
        assertTrue(ofClient.bytesProduced() > 0, "a wrap");
        assertTrue(finishing(second.server()).bytesConsumed() > 0, "an unwrap");
    }

    private static SSLEngineResult finishing(EngineEnd end) {
        return end.results().stream()
                .filter(each -> each.getHandshakeStatus() == HandshakeStatus.FINISHED)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void contextsListWhatCanBeResumed() throws Exception {
        var session = ofClient(pair().handshake());
        var ofClients = client.getClientSessionContext();
        assertSame(session, ofClients.getSession(session.getId()));
        assertArrayEquals(session.getId(), Collections.list(ofClients.getIds()).get(0));
        assertFalse(client.getServerSessionContext().getIds().hasMoreElements());
        assertFalse(server.getClientSessionContext().getIds().hasMoreElements());
        assertEquals(
                1, Collections.list(server.getServerSessionContext().getIds()).size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInvalidatedSessionIsNotResumed(boolean atClient) throws Exception {
        var first = pair().handshake();
        var session = atClient ? ofClient(first) : ofServer(first);
        session.invalidate();
        assertFalse(session.isValid());
        assertNull((atClient ? client.getClientSessionContext() : server.getServerSessionContext())
                .getSession(session.getId()));
        var second = pair().handshake();
        assertNotSame(ofClient(first), ofClient(second));
        assertSame(ofClient(second), ofClient(pair().handshake()));
    }

    @Test
    void aFatalAlertMakesTheSessionInvalid() throws Exception {
        var first = pair().handshake();
        byte[] record = first.client().wrapAll(new byte[] {1});
        record[record.length - 1] ^= 1;
        first.server().deliver(record);
        assertThrows(SSLException.class, first.server()::unwrapAll);
        assertFalse(ofServer(first).isValid());
        first.client().deliver(first.server().wrapAll(new byte[0]));
        assertThrows(SSLException.class, first.client()::unwrapAll);
        assertFalse(ofClient(first).isValid());
        assertNotSame(ofClient(first), ofClient(pair().handshake()));
    }

    /** Else a connection that checks no names would open the door for one that does. */
    @Test
    void aSessionWithoutANameCheckIsNotForWhoChecksNames() throws Exception {
        var unchecked = ofClient(pair().handshake());
        var checked = ofClient(
                pair(it -> it.setEndpointIdentificationAlgorithm("HTTPS")).handshake());
        assertNotSame(unchecked, checked);
        assertSame(unchecked, ofClient(pair().handshake()));
        assertSame(
                checked,
                ofClient(pair(it -> it.setEndpointIdentificationAlgorithm("https"))
                        .handshake()));
    }

    @Test
    void aClientThatDoesNotKnowItsPeerOffersNothing() throws Exception {
        var first = new EnginePair(client.createSSLEngine(), server.createSSLEngine()).handshake();
        var second = new EnginePair(client.createSSLEngine(), server.createSSLEngine()).handshake();
        assertNotSame(ofClient(first), ofClient(second));
        assertFalse(client.getClientSessionContext().getIds().hasMoreElements());
    }

    @Test
    void anotherPortIsAnotherPeer() throws Exception {
        var first = pair().handshake();
        var other = new EnginePair(client.createSSLEngine(TestCertificates.HOST, 444), server.createSSLEngine())
                .handshake();
        assertNotSame(ofClient(first), ofClient(other));
    }

    @Test
    void sessionsAreOfOneContext() throws Exception {
        var first = pair().handshake();
        var others = Contexts.client(Contexts.OURS);
        assertNotSame(ofClient(first), ofClient(new EnginePair(others, server).handshake()));
    }

    /** The trust manager that judged the peer then is not the one that would have to now. */
    @Test
    void aContextThatIsInitialisedAnewStartsAnew() throws Exception {
        var first = pair().handshake();
        client.init(null, Contexts.trust(TestCertificates.trustStore()), null);
        assertNotSame(ofClient(first), ofClient(pair().handshake()));
    }

    @Test
    void withoutSessionCreationOnlyResumptionIsLeft() throws Exception {
        var refused = pair();
        refused.client().engine().setEnableSessionCreation(false);
        var failure = assertThrows(SSLException.class, refused::handshake);
        assertTrue(failure.getMessage().startsWith("No existing session to resume"), failure.getMessage());

        var first = pair().handshake();
        var second = pair();
        second.client().engine().setEnableSessionCreation(false);
        second.server().engine().setEnableSessionCreation(false);
        assertSame(ofClient(first), ofClient(second.handshake()));

        ofServer(first).invalidate();
        var third = pair();
        third.server().engine().setEnableSessionCreation(false);
        assertThrows(SSLException.class, third::handshake);
    }

    @Test
    void aServerThatNeedsProofGetsIt() throws Exception {
        var first = pair().handshake();
        var second = pair();
        second.server().engine().setNeedClientAuth(true);
        second.handshake();
        assertNotSame(ofServer(first), ofServer(second));
        var third = pair();
        third.server().engine().setNeedClientAuth(true);
        third.handshake();
        assertSame(ofServer(second), ofServer(third));
        assertArrayEquals(
                TestCertificates.ecClient().chain().toArray(), ofServer(third).getPeerCertificates());
        assertArrayEquals(
                TestCertificates.ecClient().chain().toArray(), ofClient(third).getLocalCertificates());
    }

    @Test
    void theApplicationProtocolIsOfTheConnection() throws Exception {
        var first = pair(it -> it.setApplicationProtocols(new String[] {"h2"}));
        change(first.server().engine(), it -> it.setApplicationProtocols(new String[] {"h2"}));
        assertEquals("h2", first.handshake().client().engine().getApplicationProtocol());
        var second = pair().handshake();
        assertSame(ofClient(first), ofClient(second));
        assertEquals("", second.client().engine().getApplicationProtocol());
        assertEquals("", second.server().engine().getApplicationProtocol());
    }

    @Test
    void theCacheIsBounded() throws Exception {
        var client = WithoutTickets.made(() -> Contexts.client(Contexts.OURS));
        server.getServerSessionContext().setSessionCacheSize(1);
        var first = new EnginePair(client, server).handshake();
        new EnginePair(Contexts.client(Contexts.OURS), server).handshake();
        var second = new EnginePair(client, server).handshake();
        assertNotSame(ofClient(first), ofClient(second));
        assertNotEquals(0, ofClient(second).getId().length);
    }

    /** Connections that begin, resume and end sessions all at once get in nobody's way. */
    @Test
    void manyConnectionsAtOnceAgree() {
        IntStream.range(0, 60).parallel().forEach(number -> {
            try {
                var pair = pair().handshake();
                if (number % 5 == 0) ofClient(pair).invalidate();
                if (number % 7 == 0) ofServer(pair).invalidate();
                EnginePair.send(pair.client(), pair.server(), new byte[] {1});
                assertArrayEquals(new byte[] {1}, pair.server().data());
            } catch (SSLException failed) {
                throw new AssertionError(failed);
            }
        });
        assertTrue(Collections.list(client.getClientSessionContext().getIds()).size() <= 1);
    }
}
