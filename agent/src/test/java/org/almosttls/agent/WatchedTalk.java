package org.almosttls.agent;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/** A conversation by an engine, over the streams of a socket. */
final class WatchedTalk implements AutoCloseable {

    private static final int ROOM = 1 << 16;

    private final SSLEngine engine;
    private final Socket socket;
    private final ByteBuffer arrived = ByteBuffer.allocate(ROOM);
    private final ByteBuffer heard = ByteBuffer.allocate(ROOM);

    WatchedTalk(SSLEngine engine, Socket socket) throws IOException {
        this.engine = engine;
        this.socket = socket;
        engine.beginHandshake();
        while (isInHandshake()) {
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) say(new byte[0]);
            else if (!moves()) throw new IOException("too early");
        }
    }

    private boolean isInHandshake() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) task.run();
        var status = engine.getHandshakeStatus();
        return status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED;
    }

    void say(byte[] octets) throws IOException {
        var network = ByteBuffer.allocate(ROOM);
        engine.wrap(ByteBuffer.wrap(octets), network);
        socket.getOutputStream().write(network.array(), 0, network.position());
    }

    /** Until the peer says no more. */
    byte[] hear() throws IOException {
        boolean moves = true;
        while (moves) moves = moves();
        return Arrays.copyOf(heard.array(), heard.position());
    }

    /** So many octets. */
    void hear(int count) throws IOException {
        while (heard.position() < count) if (!moves()) throw new IOException("too early");
    }

    /** Says that it is over, and hears that it is. */
    void end() throws IOException {
        engine.closeOutbound();
        say(new byte[0]);
        hear();
    }

    /** Takes a record, or what there is of one. */
    private boolean moves() throws IOException {
        arrived.flip();
        var status = engine.unwrap(arrived, heard).getStatus();
        arrived.compact();
        if (status != Status.BUFFER_UNDERFLOW) return status == Status.OK;
        int count = socket.getInputStream().read(arrived.array(), arrived.position(), arrived.remaining());
        if (count > 0) arrived.position(arrived.position() + count);
        return count > 0;
    }

    @Override
    public void close() throws IOException {
        engine.closeOutbound();
        if (!engine.isOutboundDone()) say(new byte[0]);
        socket.close();
    }
}
