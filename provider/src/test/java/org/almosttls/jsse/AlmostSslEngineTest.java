package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.Hex;
import org.almosttls.testkit.Noise;
import org.almosttls.testkit.Pairing;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;

/** An engine before, during and after its handshake. */
class AlmostSslEngineTest {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private static SSLEngine client() {
        var engine = Contexts.client(Contexts.OURS).createSSLEngine();
        engine.setUseClientMode(true);
        return engine;
    }

    private static EnginePair pair() {
        var ours = Pairing.OURS_WITH_OURS;
        return new EnginePair(ours.client(), ours.server(TestCertificates.ecServer()));
    }

    private static ByteBuffer packet(SSLEngine engine) {
        return ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    }

    @Test
    void theRoleMustBeChosenFirst() {
        var engine = Contexts.client(Contexts.OURS).createSSLEngine();
        assertThrows(IllegalStateException.class, () -> engine.wrap(NOTHING, packet(engine)));
        assertThrows(IllegalStateException.class, () -> engine.unwrap(NOTHING, NOTHING));
        assertThrows(IllegalStateException.class, engine::beginHandshake);
    }

    @Test
    void theRoleIsFixedOnceTheHandshakeHasBegun() throws Exception {
        var engine = client();
        engine.beginHandshake();
        assertEquals(HandshakeStatus.NEED_WRAP, engine.getHandshakeStatus());
        assertThrows(IllegalArgumentException.class, () -> engine.setUseClientMode(false));
    }

    @Test
    void beforeTheHandshakeThereIsNothing() {
        var engine = client();
        assertEquals(HandshakeStatus.NOT_HANDSHAKING, engine.getHandshakeStatus());
        assertEquals("SSL_NULL_WITH_NULL_NULL", engine.getSession().getCipherSuite());
        assertNull(engine.getHandshakeSession());
        assertNull(engine.getApplicationProtocol());
        assertNull(engine.getHandshakeApplicationProtocol());
        assertNull(engine.getDelegatedTask());
        assertFalse(engine.isInboundDone());
        assertFalse(engine.isOutboundDone());
    }

    @Test
    void theBuffersAreLargeEnoughForAnyRecord() {
        var session = client().getSession();
        assertEquals(5 + 16384 + 2048, session.getPacketBufferSize());
        assertEquals(16384, session.getApplicationBufferSize());
    }

    @Test
    void aClientSpeaksFirst() throws Exception {
        var engine = client();
        var result = engine.unwrap(NOTHING, NOTHING);
        assertEquals(Status.OK, result.getStatus());
        assertEquals(HandshakeStatus.NEED_WRAP, result.getHandshakeStatus());
        var network = packet(engine);
        assertEquals(HandshakeStatus.NEED_UNWRAP, engine.wrap(NOTHING, network).getHandshakeStatus());
        assertEquals(22, network.get(0));
    }

    @Test
    void aServerListensFirst() throws Exception {
        var engine = Contexts.with(Contexts.OURS, TestCertificates.ecServer()).createSSLEngine();
        engine.setUseClientMode(false);
        var result = engine.wrap(NOTHING, packet(engine));
        assertEquals(0, result.bytesProduced());
        assertEquals(HandshakeStatus.NEED_UNWRAP, result.getHandshakeStatus());
        assertEquals(Status.BUFFER_UNDERFLOW, engine.unwrap(NOTHING, NOTHING).getStatus());
    }

    @Test
    void noDataIsTakenBeforeTheHandshakeIsFinished() throws Exception {
        var engine = client();
        var data = ByteBuffer.wrap(Noise.of(10));
        engine.wrap(data, packet(engine));
        engine.wrap(data, packet(engine));
        assertEquals(10, data.remaining());
    }

    @Test
    void tooLittleRoomForARecordProducesNothing() throws Exception {
        var pair = pair().handshake();
        var data = ByteBuffer.wrap(Noise.of(1000));
        var result = pair.client().engine().wrap(data, ByteBuffer.allocate(999));
        assertEquals(Status.BUFFER_OVERFLOW, result.getStatus());
        assertEquals(1000, data.remaining());
    }

    @Test
    void theSessionOfTheHandshakeIsTheOneAfterIt() throws Exception {
        var pair = pair();
        EnginePair.send(pair.client(), pair.server(), new byte[0]);
        pair.client().engine().getHandshakeSession().putValue("kept", 1);
        pair.handshake();
        assertEquals(1, pair.client().engine().getSession().getValue("kept"));
        assertNull(pair.client().engine().getHandshakeSession());
    }

    @Test
    void nullAndReadOnlyBuffersAreRefused() {
        var engine = client();
        assertThrows(IllegalArgumentException.class, () -> engine.wrap((ByteBuffer) null, packet(engine)));
        assertThrows(IllegalArgumentException.class, () -> engine.unwrap(NOTHING, (ByteBuffer) null));
        assertThrows(
                ReadOnlyBufferException.class,
                () -> engine.wrap(NOTHING, packet(engine).asReadOnlyBuffer()));
        assertThrows(ReadOnlyBufferException.class, () -> engine.unwrap(NOTHING, NOTHING.asReadOnlyBuffer()));
        assertThrows(IndexOutOfBoundsException.class, () -> engine.unwrap(NOTHING, new ByteBuffer[] {NOTHING}, 1, 1));
    }

    @Test
    void plaintextIsNotTls() throws Exception {
        var engine = client();
        engine.wrap(NOTHING, packet(engine));
        var http = ByteBuffer.wrap("HTTP/1.1 400 Bad Request\r\n".getBytes(StandardCharsets.US_ASCII));
        var refusal = assertThrows(SSLException.class, () -> engine.unwrap(http, NOTHING));
        assertEquals("Unsupported or unrecognized SSL message", refusal.getMessage());
        assertEquals(HandshakeStatus.NEED_WRAP, engine.getHandshakeStatus());
        var alert = packet(engine);
        assertEquals(Status.CLOSED, engine.wrap(NOTHING, alert).getStatus());
        assertEquals(21, alert.get(0));
    }

    @Test
    void anEngineThatIsNeverUsedCanBeClosed() throws Exception {
        var engine = client();
        engine.closeOutbound();
        assertTrue(engine.isOutboundDone());
        engine.closeInbound();
        assertEquals(Status.CLOSED, engine.wrap(NOTHING, packet(engine)).getStatus());
        assertEquals(Status.CLOSED, engine.unwrap(NOTHING, NOTHING).getStatus());
    }

    @Test
    void closingDuringTheHandshakeCancelsIt() throws Exception {
        var pair = pair();
        EnginePair.send(pair.client(), pair.server(), new byte[0]);
        pair.server().wrapAll(new byte[0]);
        pair.client().engine().closeOutbound();
        pair.server().deliver(pair.client().wrapAll(new byte[0]));
        assertThrows(SSLException.class, pair.server()::unwrapAll);
        assertTrue(pair.client().engine().isOutboundDone());
    }

    /** The result that says FINISHED can be the one that says CLOSED. */
    @Test
    void whatEndsTheHandshakeAndTheConnectionSaysBoth() throws Exception {
        var pair = pair();
        EnginePair.send(pair.client(), pair.server(), new byte[0]);
        EnginePair.send(pair.server(), pair.client(), new byte[0]);
        EnginePair.send(pair.client(), pair.server(), new byte[0]);
        var server = pair.server().engine();
        server.closeOutbound();
        var last = server.wrap(NOTHING, packet(server));
        while (last.getStatus() == Status.OK && !server.isOutboundDone()) last = server.wrap(NOTHING, packet(server));
        assertEquals(Status.CLOSED, last.getStatus());
        assertEquals(HandshakeStatus.FINISHED, last.getHandshakeStatus());
    }

    /** A client that has all of the server's flight, and not yet sent its own Finished, hears of a failure. */
    @Test
    void whatFailsIsNotFinished() throws Exception {
        var pair = pair();
        var client = pair.client();
        var server = pair.server();
        client.engine().setEnabledProtocols(new String[] {"TLSv1.3"});
        server.engine().setEnabledProtocols(new String[] {"TLSv1.3"});
        EnginePair.send(client, server, new byte[0]);
        EnginePair.send(server, client, new byte[0]);
        // RFC 8446 §D.4: its ChangeCipherSpec goes before it reads on.
        EnginePair.send(client, server, new byte[0]);
        client.unwrapAll();
        assertEquals(HandshakeStatus.NEED_WRAP, client.engine().getHandshakeStatus());
        server.deliver(Hex.hex("17 0303 0028" + "00".repeat(40)));
        assertThrows(SSLException.class, server::unwrapAll);
        client.deliver(server.wrapAll(new byte[0]));
        assertThrows(SSLException.class, () -> client.unwrap(packet(client.engine())));
        var last = client.engine().wrap(NOTHING, packet(client.engine()));
        assertEquals(Status.CLOSED, last.getStatus());
        assertEquals(HandshakeStatus.NOT_HANDSHAKING, last.getHandshakeStatus());
        assertEquals(0, client.timesFinished());
    }

    @Test
    void aSecondHandshakeIsNotBegun() throws Exception {
        var pair = pair().handshake();
        pair.client().engine().beginHandshake();
        assertEquals(HandshakeStatus.NOT_HANDSHAKING, pair.client().engine().getHandshakeStatus());
    }
}
