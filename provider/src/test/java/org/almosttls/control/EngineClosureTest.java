package org.almosttls.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.Noise;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The end of engines' connections, in every order. */
class EngineClosureTest {

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

        private static void assertDone(SSLEngine engine, boolean inbound, boolean outbound) {
            assertEquals(inbound, engine.isInboundDone(), "inbound");
            assertEquals(outbound, engine.isOutboundDone(), "outbound");
        }

        @EachVersion
        void whoClosesHasSomethingToSay(String version) throws Exception {
            var client = engines(version).handshake().client().engine();
            client.closeOutbound();
            assertEquals(HandshakeStatus.NEED_WRAP, client.getHandshakeStatus());
            assertDone(client, false, false);
            var result = client.wrap(ByteBuffer.wrap(Noise.of(10)), room());
            assertEquals(Status.CLOSED, result.getStatus());
            assertEquals(0, result.bytesConsumed());
            assertTrue(result.bytesProduced() > 0);
            assertDone(client, false, true);
        }

        @EachVersion
        void afterwardsNothingIsWrapped(String version) throws Exception {
            var client = engines(version).handshake().client();
            client.engine().closeOutbound();
            client.wrapAll(NO_DATA);
            client.engine().closeOutbound();
            var result = client.engine().wrap(ByteBuffer.wrap(Noise.of(10)), room());
            assertEquals(Status.CLOSED, result.getStatus());
            assertEquals(0, result.bytesConsumed() + result.bytesProduced());
        }

        @EachVersion
        void whoHearsItIsDoneWithReading(String version) throws Exception {
            var pair = engines(version).handshake();
            pair.client().engine().closeOutbound();
            var server = pair.server().engine();
            var network = ByteBuffer.wrap(pair.client().wrapAll(NO_DATA));
            var result = server.unwrap(network, room());
            assertEquals(Status.CLOSED, result.getStatus());
            assertFalse(network.hasRemaining());
            assertDone(server, true, false);
            assertEquals(
                    Status.CLOSED,
                    server.unwrap(ByteBuffer.wrap(Noise.of(10)), room()).getStatus());
            server.closeInbound();
        }

        /** RFC 5246 §7.2.1: an answer is owed; RFC 8446 §6.1: each direction by itself. */
        @Test
        void inTls12ItIsAnsweredAtOnce() throws Exception {
            var pair = engines("TLSv1.2").handshake();
            pair.client().engine().closeOutbound();
            EnginePair.send(pair.client(), pair.server(), NO_DATA);
            assertEquals(HandshakeStatus.NEED_WRAP, pair.server().engine().getHandshakeStatus());
            var result = pair.server().engine().wrap(ByteBuffer.wrap(Noise.of(10)), room());
            assertEquals(Status.CLOSED, result.getStatus());
            assertEquals(0, result.bytesConsumed());
            assertDone(pair.server().engine(), true, true);
        }

        @Test
        void inTls13TheOtherDirectionGoesOn() throws Exception {
            var pair = engines("TLSv1.3").handshake();
            pair.client().engine().closeOutbound();
            EnginePair.send(pair.client(), pair.server(), NO_DATA);
            assertEquals(HandshakeStatus.NOT_HANDSHAKING, pair.server().engine().getHandshakeStatus());
            EnginePair.send(pair.server(), pair.client(), Noise.of(1000));
            assertArrayEquals(Noise.of(1000), pair.client().data());
            pair.server().engine().closeOutbound();
            EnginePair.send(pair.server(), pair.client(), NO_DATA);
            assertDone(pair.server().engine(), true, true);
            assertDone(pair.client().engine(), true, true);
        }

        @EachVersion
        void bothMayCloseAtOnce(String version) throws Exception {
            var pair = engines(version).handshake();
            pair.client().engine().closeOutbound();
            pair.server().engine().closeOutbound();
            EnginePair.send(pair.client(), pair.server(), NO_DATA);
            EnginePair.send(pair.server(), pair.client(), NO_DATA);
            assertDone(pair.client().engine(), true, true);
            assertDone(pair.server().engine(), true, true);
            pair.client().engine().closeInbound();
            pair.server().engine().closeInbound();
        }

        /** What the transport's end without close_notify is: cut off. */
        @EachVersion
        void inputThatEndsTooEarlyIsAnError(String version) throws Exception {
            var client = engines(version).handshake().client().engine();
            assertThrows(SSLException.class, client::closeInbound);
            assertTrue(client.isInboundDone());
            assertEquals(Status.CLOSED, client.unwrap(nothing(), room()).getStatus());
            client.closeInbound();
        }

        @EachVersion
        void whatCameBeforeTheEndIsStillThere(String version) throws Exception {
            var pair = engines(version).handshake();
            byte[] data = pair.client().wrapAll(Noise.of(1000));
            pair.client().engine().closeOutbound();
            byte[] close = pair.client().wrapAll(NO_DATA);
            pair.server().deliver(data);
            pair.server().deliver(close);
            pair.server().unwrapAll();
            assertArrayEquals(Noise.of(1000), pair.server().data());
            assertTrue(pair.server().engine().isInboundDone());
        }

        @EachVersion
        void anEngineThatNothingWasDoneWithIsClosedAtOnce(String version) throws Exception {
            var client = engines(version).client().engine();
            client.closeOutbound();
            assertTrue(client.isOutboundDone());
            assertEquals(Status.CLOSED, client.wrap(nothing(), room()).getStatus());
            client.closeInbound();
            assertTrue(client.isInboundDone());
            assertEquals(Status.CLOSED, client.unwrap(nothing(), room()).getStatus());
        }

        /** The platform's server says nothing of it in TLS 1.2: docs/differences.md. */
        @EachVersion
        void amidTheHandshakeItIsCancelled(String version) throws Exception {
            var pair = engines(version);
            EnginePair.send(pair.client(), pair.server(), NO_DATA);
            pair.client().engine().closeOutbound();
            pair.server().deliver(pair.client().wrapAll(NO_DATA));
            assertTrue(pair.client().engine().isOutboundDone());
            pair.server().wrapAll(NO_DATA);
            Executable takeAll = () -> {
                while (pair.server().hasInput()) pair.server().unwrapAll();
            };
            if (stack().isOurs() || version.equals("TLSv1.3")) assertThrows(SSLException.class, takeAll);
            else assertDoesNotThrow(takeAll);
            assertTrue(pair.server().engine().isInboundDone());
        }

        @EachVersion
        void theEndOfInputAmidTheHandshakeIsAnError(String version) throws Exception {
            var pair = engines(version);
            EnginePair.send(pair.client(), pair.server(), NO_DATA);
            assertThrows(SSLException.class, pair.client().engine()::closeInbound);
            assertTrue(pair.client().engine().isInboundDone());
        }

        @EachVersion
        void aTamperedRecordEndsIt(String version) throws Exception {
            var pair = engines(version).handshake();
            byte[] sealed = pair.client().wrapAll(Noise.of(100));
            sealed[sealed.length - 1] ^= 1;
            var server = pair.server().engine();
            assertThrows(SSLException.class, () -> server.unwrap(ByteBuffer.wrap(sealed), room()));
            assertTrue(server.isInboundDone());
            assertEquals(HandshakeStatus.NEED_WRAP, server.getHandshakeStatus());
            pair.client().deliver(pair.server().wrapAll(NO_DATA));
            assertDone(server, true, true);
            assertThrows(SSLException.class, pair.client()::unwrapAll);
            assertTrue(pair.client().engine().isInboundDone());
        }

        @EachVersion
        void closeNotifyWaitsForItsRoom(String version) throws Exception {
            var client = engines(version).handshake().client().engine();
            client.closeOutbound();
            var result = client.wrap(nothing(), ByteBuffer.allocate(3));
            assertEquals(Status.BUFFER_OVERFLOW, result.getStatus());
            assertFalse(client.isOutboundDone());
            assertEquals(Status.CLOSED, client.wrap(nothing(), room()).getStatus());
            assertTrue(client.isOutboundDone());
        }

        @EachVersion
        void halfACloseNotifyIsNone(String version) throws Exception {
            var pair = engines(version).handshake();
            pair.client().engine().closeOutbound();
            byte[] close = pair.client().wrapAll(NO_DATA);
            pair.server().deliver(Arrays.copyOf(close, close.length - 1));
            assertEquals(Status.BUFFER_UNDERFLOW, pair.server().unwrap(room()).getStatus());
            assertFalse(pair.server().engine().isInboundDone());
            assertThrows(SSLException.class, pair.server().engine()::closeInbound);
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
