package org.almosttls.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** Drives an engine over a blocking socket, as an application does; one thread may read while another writes. */
public final class EngineOverSocket implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final Socket socket;
    private final ReentrantLock writing = new ReentrantLock();
    /** What has arrived, between position and limit. */
    private final ByteBuffer arrived;
    /** What was received and not yet read, between position and limit. */
    private final ByteBuffer received;

    private final ByteBuffer due;

    public EngineOverSocket(SSLEngine engine, Socket socket) throws SocketException {
        this.engine = engine;
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        var session = engine.getSession();
        arrived = ByteBuffer.allocate(session.getPacketBufferSize()).limit(0);
        received = ByteBuffer.allocate(session.getApplicationBufferSize()).limit(0);
        due = ByteBuffer.allocateDirect(session.getPacketBufferSize());
    }

    public SSLEngine engine() {
        return engine;
    }

    public void handshake() throws IOException {
        engine.beginHandshake();
        try {
            while (isHandshaking()) step();
        } catch (SSLException refused) {
            // The alert is still to be sent, whichever call it was that threw.
            wrapDue();
            throw refused;
        } catch (IOException broken) {
            // Nobody else tells the engine that its transport is gone.
            engine.closeOutbound();
            throw broken;
        }
    }

    private void step() throws IOException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> runTasks();
            case NEED_WRAP -> wrap(NOTHING);
            default -> receive();
        }
    }

    private boolean isHandshaking() {
        var status = engine.getHandshakeStatus();
        return status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED;
    }

    private void runTasks() {
        for (var task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) task.run();
    }

    /** Octets of application data into this array, at least one; or -1 if the peer sends no more. */
    public int read(byte[] destination) throws IOException {
        while (!received.hasRemaining()) {
            if (engine.isInboundDone() || receive() == Status.CLOSED) return -1;
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) wrapDue();
        }
        int count = Math.min(destination.length, received.remaining());
        received.get(destination, 0, count);
        return count;
    }

    /** Exactly so many octets, fewer only if the peer sends no more. */
    public byte[] readNBytes(int count) throws IOException {
        return asStream().readNBytes(count);
    }

    private InputStream asStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] destination, int offset, int length) throws IOException {
                if (length == 0) return 0;
                byte[] some = new byte[length];
                int count = EngineOverSocket.this.read(some);
                if (count > 0) System.arraycopy(some, 0, destination, offset, count);
                return count;
            }
        };
    }

    private Status receive() throws IOException {
        received.clear();
        try {
            var result = engine.unwrap(arrived, received);
            if (result.getStatus() == Status.BUFFER_UNDERFLOW) fill();
            if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) runTasks();
            return result.getStatus();
        } catch (SSLException refused) {
            wrapDue();
            throw refused;
        } finally {
            received.flip();
        }
    }

    private void fill() throws IOException {
        arrived.compact();
        int count = socket.getInputStream().read(arrived.array(), arrived.position(), arrived.remaining());
        if (count > 0) arrived.position(arrived.position() + count);
        arrived.flip();
        // RFC 5246 §7.2.1: throws if the peer has not said close_notify.
        if (count < 0) engine.closeInbound();
    }

    public void write(byte[] data) throws IOException {
        var source = ByteBuffer.wrap(data);
        while (source.hasRemaining()) {
            if (wrap(source).getStatus() != Status.OK) throw new SSLException("closed");
        }
    }

    private void wrapDue() throws IOException {
        try {
            while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) wrap(NOTHING);
        } catch (SSLException refused) {
            // What a task has noticed is thrown here first, and sent then.
            while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) wrap(NOTHING);
            throw refused;
        }
    }

    private SSLEngineResult wrap(ByteBuffer source) throws IOException {
        writing.lock();
        try {
            var result = engine.wrap(source, due.clear());
            byte[] bytes = new byte[due.flip().remaining()];
            due.get(bytes);
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            return result;
        } finally {
            writing.unlock();
        }
    }

    /** Says close_notify; reading may go on. */
    public void closeOutbound() throws IOException {
        engine.closeOutbound();
        while (!engine.isOutboundDone()) wrap(NOTHING);
    }

    /** Says close_notify, waits for the peer's or for the end of the transport, and closes that. */
    @Override
    public void close() throws IOException {
        try (socket) {
            if (socket.isClosed()) return;
            sayLast();
            awaitEnd();
        }
    }

    private void sayLast() throws IOException {
        try {
            closeOutbound();
            socket.shutdownOutput();
        } catch (SocketException unheard) {
            // Before TLS 1.3 a peer that has said close_notify need not wait for ours (RFC 5246 §7.2.1), and may be
            // gone.
            if (!engine.isInboundDone() && receive() != Status.CLOSED) throw unheard;
        }
    }

    private void awaitEnd() throws IOException {
        try {
            while (!engine.isInboundDone() && receive() != Status.CLOSED) runTasks();
        } catch (SSLException | SocketException unsaid) {
            // The peer need not answer.
            engine.closeOutbound();
        }
    }
}
