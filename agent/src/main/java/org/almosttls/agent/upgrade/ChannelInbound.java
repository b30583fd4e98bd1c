package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** Opens what comes of the network, a record at a time. */
final class ChannelInbound {

    /** The handshake's, before that of the outbound half; then held by who reads. */
    final ReentrantLock lock = new ReentrantLock();

    final ChannelBuffers buffers;
    private final SSLEngine engine;
    private volatile boolean ended;

    ChannelInbound(SSLEngine engine, ChannelBuffers buffers) {
        this.engine = engine;
        this.buffers = buffers;
    }

    /** Whether nothing comes any more. */
    boolean hasEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }

    /** Whether there is something new: data, the end, or a step of a handshake. */
    boolean receive(Network network) throws IOException {
        return unwrap() != Status.BUFFER_UNDERFLOW || receiveMore(network);
    }

    Status unwrap() throws SSLException {
        Status status;
        buffers.plain.clear();
        try {
            status = engine.unwrap(buffers.received, buffers.plain).getStatus();
        } finally {
            buffers.plain.flip();
        }
        if (status == Status.BUFFER_OVERFLOW) buffers.growPlain(engine.getSession());
        if (status == Status.CLOSED) ended = true;
        return status;
    }

    boolean receiveMore(Network network) throws IOException {
        int count = buffers.fill(network);
        if (count < 0) ended = true;
        return count != 0;
    }
}
