package org.almosttls.benchmarks;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Two engines that talk to each other, with nothing between them. */
final class Engines {

    private final SSLEngine client;
    private final SSLEngine server;
    private final ByteBuffer toServer;
    private final ByteBuffer toClient;
    private final ByteBuffer nothing = ByteBuffer.allocate(0);
    private final ByteBuffer drain;

    /** Without host and port, so that no session is taken up again. */
    Engines(SSLContext context, String version) {
        client = engine(context, version, true);
        server = engine(context, version, false);
        toServer = ByteBuffer.allocate(2 * client.getSession().getPacketBufferSize());
        toClient = ByteBuffer.allocate(2 * client.getSession().getPacketBufferSize());
        drain = ByteBuffer.allocate(client.getSession().getApplicationBufferSize());
    }

    private static SSLEngine engine(SSLContext context, String version, boolean isClient) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(isClient);
        engine.setEnabledProtocols(new String[] {version});
        return engine;
    }

    /** Until neither has anything to say, tickets included. */
    void handshake() throws SSLException {
        client.beginHandshake();
        server.beginHandshake();
        boolean moves = true;
        while (moves) moves = step(client, toServer, server) | step(server, toClient, client);
        if (!isDone()) throw new SSLException("no handshake");
    }

    private boolean isDone() {
        return client.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
                && server.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    /** Whether something has moved; an engine that has something to say takes nothing before. */
    private boolean step(SSLEngine from, ByteBuffer network, SSLEngine to) throws SSLException {
        runTasks(from);
        int moved = 0;
        if (from.getHandshakeStatus() == HandshakeStatus.NEED_WRAP)
            moved = from.wrap(nothing, network).bytesProduced();
        network.flip();
        int before = network.remaining();
        for (int left = -1; network.hasRemaining() && left != network.remaining(); runTasks(to)) {
            left = network.remaining();
            to.unwrap(network, drain.clear());
        }
        moved += before - network.remaining();
        network.compact();
        return moved > 0;
    }

    private static void runTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) task.run();
    }

    /** From the client to the server. */
    void transfer(ByteBuffer source, ByteBuffer destination) throws SSLException {
        while (source.hasRemaining()) {
            client.wrap(source, toServer);
            toServer.flip();
            while (toServer.hasRemaining()) server.unwrap(toServer, destination);
            toServer.clear();
        }
    }

    /** Both say that they end. */
    void close() throws SSLException {
        client.closeOutbound();
        server.closeOutbound();
        step(client, toServer, server);
        step(server, toClient, client);
    }
}
