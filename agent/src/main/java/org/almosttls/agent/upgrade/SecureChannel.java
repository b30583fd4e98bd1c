package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * TLS over a channel that may or may not wait. What an application is told was written has gone out, or the last octet of it is
 * held back: so it goes on to wait until it can write, and what is left of the record goes out then.
 */
final class SecureChannel {

    private static final int EARLY = 1 << 14;
    private static final long PATIENCE_MILLIS = 10_000;
    private static final int MOST_UNREAD = 1 << 20;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** The handshake's, before both others; then held by who reads. */
    private final ReentrantLock in = new ReentrantLock();

    private final ReentrantLock out = new ReentrantLock();
    private final SSLEngine engine;
    private final ChannelBuffers buffers;
    private volatile boolean established;
    private volatile boolean ended;
    private boolean owes;

    /** The network. */
    interface Network {

        int read(ByteBuffer destination) throws IOException;

        int write(ByteBuffer source) throws IOException;

        /** Whether reading and writing wait. */
        boolean waits() throws IOException;

        /** Whether reading, or else writing, would not wait; it has so long to become so. */
        boolean isReady(boolean reading, long millis) throws IOException;

        void shutdownOutput() throws IOException;

        void close() throws IOException;
    }

    /** What a read would get that the network does not tell of. */
    enum Ahead {
        NOTHING,
        SOMETHING,
        /** Another thread reads. */
        UNKNOWN
    }

    /** @param seen what has come of the network already */
    SecureChannel(SSLEngine engine, byte[] seen) {
        this.engine = engine;
        this.buffers = new ChannelBuffers(engine.getSession(), seen, EARLY);
    }

    /** Octets of application data, 0 if there are none yet and the channel does not wait, or -1 at their end. */
    int read(Network network, ByteBuffer destination) throws IOException {
        if (!destination.hasRemaining()) return 0;
        in.lock();
        try {
            int found = find(network);
            return found <= 0 ? found : ChannelBuffers.move(buffers.plain, destination);
        } finally {
            in.unlock();
        }
    }

    /** The same into an array. */
    int read(Network network, byte[] destination, int offset, int length) throws IOException {
        in.lock();
        try {
            int found = Math.min(length, find(network));
            if (found > 0) buffers.plain.get(destination, offset, found);
            return found;
        } finally {
            in.unlock();
        }
    }

    /** How much is decrypted, once something is; 0 if there is nothing yet, or -1 at the end. */
    private int find(Network network) throws IOException {
        while (!buffers.plain.hasRemaining()) {
            if (ended) return -1;
            if (!established ? !handshake(network) : !receive(network)) return 0;
        }
        return buffers.plain.remaining();
    }

    /** How many octets were taken; fewer than there are only if the channel does not wait. */
    long write(Network network, ByteBuffer source) throws IOException {
        boolean over = established || joinHandshake(network);
        out.lock();
        try {
            // The handshake may be over by now, and what was kept for its end is sent.
            if (!over && !established) return ChannelBuffers.move(source, buffers.early);
            return send(network, source);
        } finally {
            out.unlock();
        }
    }

    /** The same from several, as if they were one. */
    long write(Network network, ByteBuffer[] sources, int offset, int length) throws IOException {
        boolean over = established || joinHandshake(network);
        out.lock();
        try {
            if (over || established) return send(network, sources, offset, length);
            long all = 0;
            for (int i = offset; i < offset + length; i++) all += ChannelBuffers.move(sources[i], buffers.early);
            return all;
        } finally {
            out.unlock();
        }
    }

    /** The same from an array. It may be less than there is even if the channel waits, but not nothing. */
    long write(Network network, byte[] source, int offset, int length) throws IOException {
        boolean over = established || joinHandshake(network);
        out.lock();
        try {
            ByteBuffer kept = buffers.early;
            boolean waits = !over && !established;
            if (!waits) kept.clear();
            int count = Math.min(length, kept.remaining());
            kept.put(source, offset, count);
            return waits ? count : send(network, kept.flip());
        } finally {
            out.unlock();
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
            if (result.getStatus() == SSLEngineResult.Status.CLOSED)
                throw new SocketException("Connection or outbound has closed");
            boolean idle = result.bytesConsumed() == 0 && result.bytesProduced() == 0;
            if (idle && result.getStatus() == SSLEngineResult.Status.OK) break;
            if (!flush(network)) {
                owes = buffers.stepBack(sources, offset, length);
                break;
            }
        }
        return start - ChannelBuffers.remaining(sources, offset, length);
    }

    /** Whether it is over. One thread does it; others wait for that where the channel waits. */
    private boolean joinHandshake(Network network) throws IOException {
        while (!established) {
            if (!tryIn(network)) {
                if (!network.waits()) return established;
                continue;
            }
            try {
                if (!handshake(network)) return false;
            } finally {
                in.unlock();
            }
        }
        return true;
    }

    private boolean tryIn(Network network) throws IOException {
        try {
            return in.tryLock() || network.waits() && in.tryLock(5, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // As whoever waits in a channel.
            Thread.currentThread().interrupt();
            network.close();
            throw new ClosedByInterruptException();
        }
    }

    private boolean handshake(Network network) throws IOException {
        if (established) return true;
        out.lock();
        try {
            if (!buffers.begun) engine.beginHandshake();
            buffers.begun = true;
            return flush(network) && shakeHands(network);
        } catch (SSLException failed) {
            lastWords(network);
            throw failed;
        } finally {
            out.unlock();
        }
    }

    private boolean shakeHands(Network network) throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> {
                    wrap(NOTHING);
                    if (!flush(network)) return false;
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!receive(network)) return false;
                    if (ended) throw new SSLHandshakeException("Remote host terminated the handshake");
                }
                default -> {
                    buffers.early.flip();
                    while (buffers.early.hasRemaining()
                            && wrap(buffers.early).getStatus() != SSLEngineResult.Status.CLOSED) continue;
                    boolean sent = flush(network);
                    established = true;
                    return sent;
                }
            }
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) task.run();
    }

    /** Whether there is something new: data, the end, or a step of a handshake. */
    private boolean receive(Network network) throws IOException {
        buffers.plain.clear();
        SSLEngineResult result;
        try {
            result = engine.unwrap(buffers.received, buffers.plain);
        } catch (SSLException failed) {
            buffers.plain.flip();
            if (established) lastWords(network);
            throw failed;
        }
        buffers.plain.flip();
        switch (result.getStatus()) {
            case BUFFER_UNDERFLOW -> {
                return receiveMore(network);
            }
            case BUFFER_OVERFLOW -> buffers.growPlain(engine.getSession());
            case CLOSED -> ended = true;
            default -> {}
        }
        if (established) answer(network);
        return true;
    }

    private boolean receiveMore(Network network) throws IOException {
        int count = buffers.fill(network);
        if (count < 0) ended = true;
        return count != 0;
    }

    /** What reading has provoked, unless another thread writes, which then does. */
    private void answer(Network network) throws IOException {
        while (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_TASK) runTasks();
        if (engine.getHandshakeStatus() != SSLEngineResult.HandshakeStatus.NEED_WRAP || !out.tryLock()) return;
        try {
            while (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP
                    && flush(network)
                    && wrap(NOTHING).bytesProduced() > 0) continue;
            flush(network);
        } catch (IOException gone) {
            // Who has said close_notify need not wait for the answer.
            if (!ended) throw gone;
        } finally {
            out.unlock();
        }
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
            if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) buffers.growSending(engine.getSession());
            return result;
        } finally {
            buffers.sending.flip();
        }
    }

    /** Whether all is gone. */
    private boolean flush(Network network) throws IOException {
        while (buffers.sending.hasRemaining()) if (network.write(buffers.sending) == 0) return false;
        return true;
    }

    /** An alert, if one is due; then the transport is of no use any more. */
    private void lastWords(Network network) {
        out.lock();
        try {
            ended = true;
            wrap(NOTHING);
            if (flush(network)) readAway(network);
        } catch (IOException gone) {
            // The failure itself is what is told.
            return;
        } finally {
            out.unlock();
            closeQuietly(network);
        }
    }

    private static void closeQuietly(Network network) {
        try {
            network.close();
        } catch (IOException gone) {
            // It is closed as well as it can be.
            return;
        }
    }

    /** Says close_notify. */
    void shutdownOutput(Network network) throws IOException {
        finishHandshake(network);
        if (!established) return;
        out.lock();
        try {
            sayGoodbye();
            flush(network);
        } finally {
            out.unlock();
        }
    }

    /** If the channel does not wait, then not for ever: what was taken meanwhile goes out at its end. */
    private void finishHandshake(Network network) throws IOException {
        long begin = System.nanoTime();
        while (!established && !joinHandshake(network)) {
            long left = PATIENCE_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            if (left <= 0 || !network.isReady(true, left)) return;
        }
    }

    private void sayGoodbye() throws IOException {
        engine.closeOutbound();
        if (!engine.isOutboundDone()) wrap(NOTHING);
    }

    /** The same, without waiting for anybody, unless something was taken that goes out at the end of the handshake. */
    void close(Network network) throws IOException {
        if (!established && buffers.early.position() > 0) finishHandshake(network);
        if (!buffers.begun || !out.tryLock()) return;
        try {
            sayGoodbye();
            // A peer that does not read is not waited for either.
            boolean passable = !network.waits() || network.isReady(false, 0);
            if (passable && flush(network) && established) readAway(network);
        } finally {
            out.unlock();
        }
    }

    /** RFC 9293 §3.6.1: who closes with something unread, a ticket for one, resets, and what is still to be sent is lost. */
    private void readAway(Network network) throws IOException {
        if (!in.tryLock()) return;
        try {
            network.shutdownOutput();
            ByteBuffer room = ByteBuffer.allocate(EARLY);
            int count = 1;
            for (int all = 0; count > 0 && all < MOST_UNREAD && network.isReady(true, 0); all += count)
                count = network.read(room.clear());
        } finally {
            in.unlock();
        }
    }

    /** Whether a read would get something without asking the network, and without waiting for another thread. */
    boolean hasPlain() {
        if (!in.tryLock()) return false;
        try {
            return buffers.plain.hasRemaining();
        } finally {
            in.unlock();
        }
    }

    boolean isEstablished() {
        return established;
    }

    /**
     * Octets that a read would get without waiting; before the handshake is over, what the network has.
     *
     * @param received how many the network has
     */
    int available(Network network, int received) throws IOException {
        if (!established) return received;
        // Who reads has it soon.
        if (!in.tryLock()) return 0;
        try {
            boolean more = received > 0;
            while (!buffers.plain.hasRemaining() && !ended && (more || buffers.hasRecord())) {
                if (buffers.hasRecord()) {
                    receive(network);
                } else {
                    receiveMore(network);
                    more = false;
                }
            }
            return buffers.plain.remaining();
        } finally {
            in.unlock();
        }
    }

    Ahead ahead() {
        if (!in.tryLock()) return Ahead.UNKNOWN;
        try {
            boolean some = buffers.plain.hasRemaining() || ended || established && buffers.hasRecord();
            return some ? Ahead.SOMETHING : Ahead.NOTHING;
        } finally {
            in.unlock();
        }
    }
}
