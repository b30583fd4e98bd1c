package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** Seals what the application writes, and hands it to the network. */
final class ChannelOutbound {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    final ReentrantLock lock = new ReentrantLock();
    private final SSLEngine engine;
    private final ChannelBuffers buffers;
    private volatile boolean established;
    private boolean owes;

    ChannelOutbound(SSLEngine engine, ChannelBuffers buffers) {
        this.engine = engine;
        this.buffers = buffers;
    }

    /** Whether the handshake is over. Until then, what is written is kept for its end. */
    boolean isEstablished() {
        return established;
    }

    boolean keepsEarly() {
        return !established && buffers.early.position() > 0;
    }

    long write(Network network, ByteBuffer source) throws IOException {
        lock.lock();
        try {
            return established ? send(network, source) : ChannelBuffers.move(source, buffers.early);
        } finally {
            lock.unlock();
        }
    }

    long write(Network network, ByteBuffer[] sources, int offset, int length) throws IOException {
        lock.lock();
        try {
            if (established) return send(network, sources, offset, length);
            long all = 0;
            for (int i = offset; i < offset + length; i++) all += ChannelBuffers.move(sources[i], buffers.early);
            return all;
        } finally {
            lock.unlock();
        }
    }

    long write(Network network, byte[] source, int offset, int length) throws IOException {
        lock.lock();
        try {
            ByteBuffer kept = buffers.early;
            if (established) kept.clear();
            int count = Math.min(length, kept.remaining());
            kept.put(source, offset, count);
            return established ? send(network, kept.flip()) : count;
        } finally {
            lock.unlock();
        }
    }

    private long send(Network network, ByteBuffer source) throws IOException {
        try {
            return send(network, buffers.alone(source), 0, 1);
        } finally {
            buffers.alone(NOTHING);
        }
    }

    private long send(Network network, ByteBuffer[] sources, int offset, int length) throws IOException {
        long start = ChannelBuffers.remaining(sources, offset, length);
        if (!flush(network)) return 0;
        if (owes && ChannelBuffers.skip(sources, offset, length)) owes = false;
        while (ChannelBuffers.remaining(sources, offset, length) > 0) {
            buffers.mark(sources, offset, length);
            SSLEngineResult result = wrap(sources, offset, length);
            if (result.getStatus() == Status.CLOSED) throw new SocketException("Connection or outbound has closed");
            boolean idle = result.bytesConsumed() == 0 && result.bytesProduced() == 0;
            if (idle && result.getStatus() == Status.OK) break;
            if (!flush(network)) {
                owes = buffers.stepBack(sources, offset, length);
                break;
            }
        }
        return start - ChannelBuffers.remaining(sources, offset, length);
    }

    /** The handshake is over: what was kept goes out. Whether all is gone. */
    boolean establish(Network network) throws IOException {
        buffers.early.flip();
        while (buffers.early.hasRemaining() && wrap(buffers.early).getStatus() != Status.CLOSED) continue;
        boolean sent = flush(network);
        established = true;
        return sent;
    }

    /** What reading has provoked, unless another thread writes, which then does. */
    void answer(Network network) throws IOException {
        if (engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP || !lock.tryLock()) return;
        try {
            while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                    && flush(network)
                    && wrapNothing().bytesProduced() > 0) continue;
            flush(network);
        } finally {
            lock.unlock();
        }
    }

    /** What the engine has to say itself. */
    SSLEngineResult wrapNothing() throws SSLException {
        return wrap(NOTHING);
    }

    private SSLEngineResult wrap(ByteBuffer source) throws SSLException {
        try {
            return wrap(buffers.alone(source), 0, 1);
        } finally {
            buffers.alone(NOTHING);
        }
    }

    private SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length) throws SSLException {
        buffers.sending.compact();
        try {
            SSLEngineResult result = engine.wrap(sources, offset, length, buffers.sending);
            if (result.getStatus() == Status.BUFFER_OVERFLOW) buffers.growSending(engine.getSession());
            return result;
        } finally {
            buffers.sending.flip();
        }
    }

    /** Whether all is gone. */
    boolean flush(Network network) throws IOException {
        while (buffers.sending.hasRemaining()) if (network.write(buffers.sending) == 0) return false;
        return true;
    }
}
