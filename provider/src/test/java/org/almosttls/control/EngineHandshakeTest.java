package org.almosttls.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.Noise;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The handshake of engines, call by call. */
class EngineHandshakeTest {

    private static final byte[] NO_DATA = {};

    abstract static class Suite extends Control {

        Suite(Stack stack) {
            super(stack);
        }

        private static ByteBuffer nothing() {
            return ByteBuffer.allocate(0);
        }

        private static ByteBuffer room() {
            return ByteBuffer.allocate(20_000);
        }

        /** What a client says first, as it has arrived at a server. */
        private static ByteBuffer hello(EnginePair pair) throws SSLException {
            var network = room();
            pair.client().engine().wrap(nothing(), network);
            return network.flip();
        }

        @EachVersion
        void nothingHappensBeforeItIsBegun(String version) {
            var engine = engines(version).client().engine();
            assertEquals(HandshakeStatus.NOT_HANDSHAKING, engine.getHandshakeStatus());
            assertNull(engine.getDelegatedTask());
            assertNull(engine.getHandshakeSession());
            assertNull(engine.getApplicationProtocol());
            assertNull(engine.getHandshakeApplicationProtocol());
            assertEquals("SSL_NULL_WITH_NULL_NULL", engine.getSession().getCipherSuite());
            assertEquals("NONE", engine.getSession().getProtocol());
            assertFalse(engine.getSession().isValid());
        }

        @EachVersion
        void onceBegunAClientWantsToSpeakAndAServerToListen(String version) throws Exception {
            var pair = engines(version);
            pair.client().engine().beginHandshake();
            pair.server().engine().beginHandshake();
            assertEquals(HandshakeStatus.NEED_WRAP, pair.client().engine().getHandshakeStatus());
            assertEquals(HandshakeStatus.NEED_UNWRAP, pair.server().engine().getHandshakeStatus());
        }

        @EachVersion
        void toBeginAgainWhileItGoesOnDoesNothing(String version) throws Exception {
            var pair = engines(version);
            pair.client().engine().beginHandshake();
            pair.client().engine().beginHandshake();
            pair.handshake();
            assertEquals(1, pair.server().timesFinished());
        }

        @EachVersion
        void wrapAndUnwrapBeginItThemselves(String version) throws Exception {
            var pair = engines(version);
            assertTrue(pair.client().engine().wrap(nothing(), room()).bytesProduced() > 0);
            var result = pair.server().engine().unwrap(nothing(), room());
            assertEquals(Status.BUFFER_UNDERFLOW, result.getStatus());
            assertEquals(HandshakeStatus.NEED_UNWRAP, result.getHandshakeStatus());
        }

        @EachVersion
        void noDataIsTakenBeforeItsEnd(String version) throws Exception {
            var engine = engines(version).client().engine();
            var data = ByteBuffer.wrap(Noise.of(10));
            assertEquals(0, engine.wrap(data, room()).bytesConsumed());
            assertEquals(0, engine.wrap(data, room()).bytesConsumed());
            assertEquals(10, data.remaining());
        }

        @EachVersion
        void whatTakesTimeIsATaskThatIsHandedOutOnce(String version) throws Exception {
            var pair = engines(version);
            var server = pair.server().engine();
            var result = server.unwrap(hello(pair), room());
            assertEquals(HandshakeStatus.NEED_TASK, result.getHandshakeStatus());
            var task = server.getDelegatedTask();
            assertNotNull(task);
            assertNull(server.getDelegatedTask());
            assertEquals(HandshakeStatus.NEED_TASK, server.getHandshakeStatus());
        }

        @EachVersion
        void nothingMovesWhileATaskWaits(String version) throws Exception {
            var pair = engines(version);
            var server = pair.server().engine();
            server.unwrap(hello(pair), room());
            var wrapped = server.wrap(nothing(), room());
            assertEquals(0, wrapped.bytesProduced());
            assertEquals(HandshakeStatus.NEED_TASK, wrapped.getHandshakeStatus());
            var unwrapped = server.unwrap(ByteBuffer.allocate(10), room());
            assertEquals(0, unwrapped.bytesConsumed());
            assertEquals(HandshakeStatus.NEED_TASK, unwrapped.getHandshakeStatus());
        }

        @EachVersion
        void aTaskMayBeRunByAnotherThread(String version) throws Exception {
            var pair = engines(version);
            var server = pair.server().engine();
            server.unwrap(hello(pair), room());
            var thread = new Thread(server.getDelegatedTask());
            thread.start();
            thread.join();
            assertEquals(HandshakeStatus.NEED_WRAP, server.getHandshakeStatus());
        }

        /** Whoever called the engine last has not seen it: the next call throws, and then the alert can be fetched. */
        @EachVersion
        void whatATaskFindsWrongIsThrownByTheNextCall(String version) throws Exception {
            var pair = new EnginePair(client(version), server(version, TestCertificates.unknownCaServer()));
            var refusal = assertThrows(SSLException.class, pair::handshake);
            assertTrue(refusal.getMessage().contains("PKIX"), refusal::getMessage);
            var client = pair.client().engine();
            assertTrue(client.isInboundDone());
            assertEquals(HandshakeStatus.NEED_WRAP, client.getHandshakeStatus());
            assertTrue(client.wrap(nothing(), room()).bytesProduced() > 0);
            assertTrue(client.isOutboundDone());
        }

        @EachVersion
        void theSessionOfTheHandshakeBecomesTheSession(String version) throws Exception {
            var pair = engines(version);
            EnginePair.send(pair.client(), pair.server(), NO_DATA);
            var server = pair.server().engine();
            var during = server.getHandshakeSession();
            assertNotNull(during);
            assertEquals(version, during.getProtocol());
            during.putValue("kept", "value");
            pair.handshake();
            assertNull(server.getHandshakeSession());
            assertEquals("value", server.getSession().getValue("kept"));
            assertTrue(server.getSession().isValid());
            assertSame(server.getSession(), server.getSession());
        }

        @EachVersion
        void bothAgreeInTheEnd(String version) throws Exception {
            var pair = engines(version).handshake();
            var client = pair.client().engine().getSession();
            var server = pair.server().engine().getSession();
            assertEquals(version, client.getProtocol());
            assertEquals(client.getProtocol(), server.getProtocol());
            assertEquals(client.getCipherSuite(), server.getCipherSuite());
            assertEquals(TestCertificates.ecServer().certificate(), client.getPeerCertificates()[0]);
        }

        @EachVersion
        void theApplicationProtocolIsKnownAmidTheHandshake(String version) throws Exception {
            var pair = engines(version);
            with(pair.client().engine(), it -> it.setApplicationProtocols(new String[] {"one", "two"}));
            with(pair.server().engine(), it -> it.setApplicationProtocols(new String[] {"two"}));
            EnginePair.send(pair.client(), pair.server(), NO_DATA);
            assertEquals("two", pair.server().engine().getHandshakeApplicationProtocol());
            assertEquals("two", pair.server().engine().getApplicationProtocol());
            pair.handshake();
            assertEquals("two", pair.server().engine().getApplicationProtocol());
            assertEquals("two", pair.client().engine().getApplicationProtocol());
        }

        @EachVersion
        void withoutAnApplicationProtocolItIsEmpty(String version) throws Exception {
            var pair = engines(version).handshake();
            assertEquals("", pair.client().engine().getApplicationProtocol());
            assertEquals("", pair.server().engine().getApplicationProtocol());
        }

        @EachVersion
        void theServerSaysFinishedOnce(String version) throws Exception {
            var pair = engines(version).handshake();
            EnginePair.send(pair.client(), pair.server(), Noise.of(10));
            EnginePair.send(pair.server(), pair.client(), Noise.of(10));
            assertEquals(1, pair.server().timesFinished());
            assertEquals(HandshakeStatus.NOT_HANDSHAKING, pair.server().engine().getHandshakeStatus());
        }

        @EachVersion
        void theClientSaysFinished(String version) throws Exception {
            var pair = engines(version).handshake();
            EnginePair.send(pair.server(), pair.client(), Noise.of(10));
            boolean again = version.equals("TLSv1.3") && !stack().isOurs();
            assertTrue(
                    pair.client().timesFinished() == 1 || again,
                    "" + pair.client().timesFinished());
        }

        /** RFC 8446 §4.6.3. */
        @Test
        void toBeginAgainInTls13IsNewKeys() throws Exception {
            var pair = engines("TLSv1.3").handshake();
            pair.client().engine().beginHandshake();
            assertEquals(HandshakeStatus.NEED_WRAP, pair.client().engine().getHandshakeStatus());
            EnginePair.send(pair.client(), pair.server(), Noise.of(10));
            EnginePair.send(pair.server(), pair.client(), Noise.of(20));
            assertEquals(10, pair.server().data().length);
            assertEquals(20, pair.client().data().length);
        }

        /** Ours has handshakes within a connection only on request: docs/differences.md. */
        @Test
        void toBeginAgainInTls12IsAnotherHandshake() throws Exception {
            var pair = engines("TLSv1.2").handshake();
            pair.client().engine().beginHandshake();
            var expected = stack().isOurs() ? HandshakeStatus.NOT_HANDSHAKING : HandshakeStatus.NEED_WRAP;
            assertEquals(expected, pair.client().engine().getHandshakeStatus());
            pair.handshake();
            EnginePair.send(pair.client(), pair.server(), Noise.of(10));
            assertEquals(10, pair.server().data().length);
        }

        @EachVersion
        void whatIsNotTlsIsRefused(String version) throws Exception {
            SSLEngine engine = engines(version).client().engine();
            engine.wrap(nothing(), room());
            var http = ByteBuffer.wrap("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var refusal = assertThrows(SSLException.class, () -> engine.unwrap(http, room()));
            assertTrue(refusal.getMessage().contains("nrecognized SSL message"), refusal::getMessage);
        }
    }

    @Nested
    class OfSunJsse extends Suite {
        OfSunJsse() {
            super(Stack.SUN_JSSE);
        }
    }

    @Nested
    class OfAlmostTls extends Suite {
        OfAlmostTls() {
            super(Stack.ALMOST_TLS);
        }
    }
}
