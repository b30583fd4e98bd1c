package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EngineEnd;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** AlmostTLSv1 through the ordinary Java API, by engines. */
class TextbookEnginesTest {

    private static final byte[] ORDER = "Pay Carol 10 euros".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private static EnginePair pair() {
        var alice = Contexts.almostWith(Contexts.OURS, TestCertificates.rsaServer())
                .createSSLEngine(TestCertificates.HOST, 40000);
        var bob = Contexts.almostClient(Contexts.OURS).createSSLEngine(TestCertificates.HOST, 443);
        return new EnginePair(bob, alice);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 100_000})
    void dataGoesBothWaysInPiecesOfAnySize(int piece) throws SSLException {
        var pair = pair().handshake(piece);
        EnginePair.send(pair.client(), pair.server(), ORDER);
        EnginePair.send(pair.server(), pair.client(), ORDER);
        assertArrayEquals(ORDER, pair.server().data());
        assertArrayEquals(ORDER, pair.client().data());
        assertEquals("AlmostTLSv1", pair.server().engine().getSession().getProtocol());
    }

    /** Alice has nothing to send at the end of the handshake, yet FINISHED comes of a wrap, once. */
    @Test
    void bothEndsSayFinishedOnce() throws SSLException {
        var bob = Contexts.almostClient(Contexts.OURS).createSSLEngine(TestCertificates.HOST, 443);
        var alice = Contexts.almostWith(Contexts.OURS, TestCertificates.rsaServer())
                .createSSLEngine(TestCertificates.HOST, 40000);
        bob.setUseClientMode(true);
        alice.setUseClientMode(false);
        var hello = wrap(bob, HandshakeStatus.NEED_UNWRAP);
        unwrap(alice, hello, HandshakeStatus.NEED_TASK);
        run(alice, HandshakeStatus.NEED_WRAP);
        var certificate = wrap(alice, HandshakeStatus.NEED_UNWRAP);
        unwrap(bob, certificate, HandshakeStatus.NEED_TASK);
        run(bob, HandshakeStatus.NEED_WRAP);
        var secret = wrap(bob, HandshakeStatus.FINISHED);
        assertEquals(HandshakeStatus.NOT_HANDSHAKING, bob.getHandshakeStatus());
        unwrap(alice, secret, HandshakeStatus.NEED_TASK);
        run(alice, HandshakeStatus.NEED_WRAP);
        assertEquals(0, wrap(alice, HandshakeStatus.FINISHED).remaining());
        assertEquals(HandshakeStatus.NOT_HANDSHAKING, alice.getHandshakeStatus());
        assertEquals(0, wrap(alice, HandshakeStatus.NOT_HANDSHAKING).remaining());
    }

    private static ByteBuffer wrap(SSLEngine engine, HandshakeStatus then) throws SSLException {
        var network = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        var result = engine.wrap(ByteBuffer.allocate(0), network);
        assertEquals(then, result.getHandshakeStatus());
        return network.flip();
    }

    private static void unwrap(SSLEngine engine, ByteBuffer network, HandshakeStatus then) throws SSLException {
        var room = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        assertEquals(then, engine.unwrap(network, room).getHandshakeStatus());
        assertEquals(0, network.remaining());
    }

    private static void run(SSLEngine engine, HandshakeStatus then) {
        engine.getDelegatedTask().run();
        assertEquals(then, engine.getHandshakeStatus());
    }

    @Test
    void anEngineIsDoneWithItsOutputOnceItIsClosed() throws SSLException {
        var pair = pair().handshake();
        pair.client().engine().closeOutbound();
        assertTrue(pair.client().engine().isOutboundDone());
        pair.server().engine().closeInbound();
        assertTrue(pair.server().engine().isInboundDone());
    }

    @Test
    void inputThatEndsWithinARecordIsAnError() throws SSLException {
        var pair = pair().handshake();
        byte[] record = pair.client().wrapAll(ORDER);
        EngineEnd alice = pair.server();
        alice.deliver(Arrays.copyOf(record, record.length - 1));
        alice.unwrapAll();
        var thrown = assertThrows(SSLException.class, alice.engine()::closeInbound);
        assertTrue(thrown.getMessage().contains("within a record"), thrown.getMessage());
    }

    @Test
    void anEngineThatDoesNotKnowItsPeerIsRefused() {
        var context = Contexts.almostWith(Contexts.OURS, TestCertificates.rsaServer());
        var alice = context.createSSLEngine();
        alice.setUseClientMode(false);
        var thrown = assertThrows(SSLException.class, alice::beginHandshake);
        assertTrue(thrown.getMessage().contains("almosttls.textbook.remote=true allows it"), thrown.getMessage());
    }

    @Test
    void aPeerElsewhereIsRefusedWithoutALookUp() {
        var context = Contexts.almostClient(Contexts.OURS);
        for (var host : List.of(
                "alice.example", "192.0.2.1", "2001:db8::1", "127.0.0.1.example", "localhost.example", "1", "::2")) {
            var bob = context.createSSLEngine(host, 443);
            bob.setUseClientMode(true);
            var thrown = assertThrows(SSLException.class, bob::beginHandshake, host);
            assertTrue(thrown.getMessage().contains("only: " + host + " is another"), thrown.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "alice.localhost",
                "127.0.0.1",
                "127.1.2.3",
                "localhost.",
                "[::1]",
                "::1",
                "0:0:0:0:0:0:0:1"
            })
    void aPeerOnThisMachineIsAdmitted(String host) throws SSLException {
        var bob = Contexts.almostClient(Contexts.OURS).createSSLEngine(host, 443);
        bob.setUseClientMode(true);
        bob.beginHandshake();
        assertEquals(HandshakeStatus.NEED_WRAP, bob.getHandshakeStatus());
    }
}
