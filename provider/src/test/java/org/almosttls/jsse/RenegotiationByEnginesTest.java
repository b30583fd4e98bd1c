package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.Provider;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EngineEnd;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.Renegotiating;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Renegotiation as users of engines see it, with ours and the platform's at either end. */
class RenegotiationByEnginesTest {

    private static final byte[] QUESTION = {1, 2, 3};
    private static final byte[] ANSWER = {4, 5};

    static Stream<Arguments> pairs() {
        var ours = Renegotiating.OURS;
        var platforms = Contexts.PLATFORM;
        return Stream.of(true, false)
                .flatMap(client -> Stream.of(
                        Arguments.of(ours, ours, client),
                        Arguments.of(ours, platforms, client),
                        Arguments.of(platforms, ours, client)));
    }

    private static EnginePair connected(Provider client, Provider server) throws SSLException {
        var pair = new EnginePair(
                Contexts.with(client, TestCertificates.ecClient()), Contexts.with(server, TestCertificates.ecServer()));
        return pair.handshake();
    }

    private static EngineEnd end(EnginePair pair, boolean client) {
        return client ? pair.client() : pair.server();
    }

    private static void assertDataFlows(EnginePair pair) throws SSLException {
        int before = pair.server().data().length;
        EnginePair.send(pair.client(), pair.server(), QUESTION);
        assertEquals(before + QUESTION.length, pair.server().data().length);
        before = pair.client().data().length;
        EnginePair.send(pair.server(), pair.client(), ANSWER);
        assertEquals(before + ANSWER.length, pair.client().data().length);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void eitherEndMayBegin(Provider client, Provider server, boolean byClient) throws Exception {
        var pair = connected(client, server);
        var before = end(pair, client == Renegotiating.OURS).engine().getSession();
        end(pair, byClient).engine().beginHandshake();
        pair.handshake();
        assertEquals(2, pair.client().timesFinished());
        assertEquals(2, pair.server().timesFinished());
        assertNotSame(before, end(pair, client == Renegotiating.OURS).engine().getSession());
        assertDataFlows(pair);
        end(pair, !byClient).engine().beginHandshake();
        pair.handshake();
        assertEquals(3, pair.client().timesFinished());
        assertDataFlows(pair);
    }

    /** The common use. */
    @ParameterizedTest
    @MethodSource("pairs")
    void aServerAsksForACertificateLate(Provider client, Provider server, boolean need) throws Exception {
        var pair = connected(client, server);
        var engine = pair.server().engine();
        assertThrows(SSLPeerUnverifiedException.class, () -> engine.getSession().getPeerCertificates());
        if (need) engine.setNeedClientAuth(true);
        else engine.setWantClientAuth(true);
        engine.beginHandshake();
        pair.handshake();
        assertEquals(
                TestCertificates.ecClient().certificate(), engine.getSession().getPeerCertificates()[0]);
        assertDataFlows(pair);
    }

    /** Every step of the handshake with data at each step, both ways; nothing is lost. */
    @ParameterizedTest
    @MethodSource("pairs")
    void dataFlowsAllTheWhile(Provider client, Provider server, boolean byClient) throws Exception {
        var pair = connected(client, server);
        end(pair, byClient).engine().beginHandshake();
        int sent = 0;
        for (int step = 0; step < 12; step++) {
            EnginePair.send(pair.client(), pair.server(), QUESTION);
            EnginePair.send(pair.server(), pair.client(), QUESTION);
            sent += QUESTION.length;
        }
        pair.handshake();
        assertEquals(2, pair.client().timesFinished());
        assertEquals(2, pair.server().timesFinished());
        assertEquals(sent, pair.client().data().length);
        assertEquals(sent, pair.server().data().length);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100})
    void itDoesNotMatterHowTheNetworkCuts(int pieces) throws Exception {
        var pair = connected(Renegotiating.OURS, Renegotiating.OURS);
        pair.server().engine().beginHandshake();
        pair.handshake(pieces);
        assertEquals(2, pair.client().timesFinished());
        assertEquals(2, pair.server().timesFinished());
    }

    @Test
    void statusAndSessionTellOfIt() throws Exception {
        var pair = connected(Renegotiating.OURS, Renegotiating.OURS);
        var client = pair.client().engine();
        var before = client.getSession();
        assertNull(client.getHandshakeSession());
        client.beginHandshake();
        assertEquals(HandshakeStatus.NEED_WRAP, client.getHandshakeStatus());
        assertNotNull(client.getHandshakeSession());
        assertSame(before, client.getSession());
        byte[] hello = pair.client().wrapAll(new byte[0]);
        assertEquals(HandshakeStatus.NEED_UNWRAP, client.getHandshakeStatus());
        pair.server().deliver(hello);
        pair.server().unwrapAll();
        pair.handshake();
        assertEquals(HandshakeStatus.NOT_HANDSHAKING, client.getHandshakeStatus());
        assertNull(client.getHandshakeSession());
        assertNotSame(before, client.getSession());
        assertFalse(Arrays.equals(before.getId(), client.getSession().getId()));
        assertTrue(client.getSession().isValid());
    }

    /** {@code jdk.tls.rejectClientInitiatedRenegotiation}: only the server may want it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerMayLeaveItToItself(boolean byClient) throws Exception {
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        try {
            var pair = connected(Renegotiating.OURS, Renegotiating.OURS);
            end(pair, byClient).engine().beginHandshake();
            pair.handshake();
            assertEquals(byClient ? 1 : 2, pair.client().timesFinished());
            assertEquals(HandshakeStatus.NOT_HANDSHAKING, pair.client().engine().getHandshakeStatus());
            assertDataFlows(pair);
        } finally {
            System.clearProperty("jdk.tls.rejectClientInitiatedRenegotiation");
        }
    }

    /** Off by default: asking does nothing. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutTheOptionNothingComesOfIt(boolean byClient) throws Exception {
        var pair = connected(Contexts.OURS, Contexts.OURS);
        end(pair, byClient).engine().beginHandshake();
        assertEquals(
                HandshakeStatus.NOT_HANDSHAKING, end(pair, byClient).engine().getHandshakeStatus());
        pair.handshake();
        assertEquals(1, pair.client().timesFinished());
        assertDataFlows(pair);
    }

    /** The peer's wish is refused with a warning, and the connection goes on. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutTheOptionThePeerIsRefused(boolean byClient) throws Exception {
        var pair =
                connected(byClient ? Renegotiating.OURS : Contexts.OURS, byClient ? Contexts.OURS : Renegotiating.OURS);
        var before = end(pair, byClient).engine().getSession();
        end(pair, byClient).engine().beginHandshake();
        pair.handshake();
        assertEquals(1, pair.client().timesFinished());
        assertEquals(1, pair.server().timesFinished());
        assertSame(before, end(pair, byClient).engine().getSession());
        assertNull(end(pair, byClient).engine().getHandshakeSession());
        assertEquals(
                HandshakeStatus.NOT_HANDSHAKING, end(pair, byClient).engine().getHandshakeStatus());
        assertDataFlows(pair);
        assertArrayEquals(QUESTION, pair.server().data());
    }
}
