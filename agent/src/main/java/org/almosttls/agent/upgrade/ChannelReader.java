package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** What an application reads, and what its reading provokes. */
final class ChannelReader {

    private final ChannelInbound inbound;
    private final ChannelOutbound outbound;
    private final ChannelHandshake handshake;
    private final ChannelClosure closure;

    ChannelReader(
            ChannelInbound inbound, ChannelOutbound outbound, ChannelHandshake handshake, ChannelClosure closure) {
        this.inbound = inbound;
        this.outbound = outbound;
        this.handshake = handshake;
        this.closure = closure;
    }

    int read(Network network, ByteBuffer destination) throws IOException {
        if (!destination.hasRemaining()) return 0;
        inbound.lock.lock();
        try {
            int found = find(network);
            return found <= 0 ? found : ChannelBuffers.move(inbound.buffers.plain, destination);
        } finally {
            inbound.lock.unlock();
        }
    }

    int read(Network network, byte[] destination, int offset, int length) throws IOException {
        inbound.lock.lock();
        try {
            int found = Math.min(length, find(network));
            if (found > 0) inbound.buffers.plain.get(destination, offset, found);
            return found;
        } finally {
            inbound.lock.unlock();
        }
    }

    /** How much is decrypted, once something is; 0 if there is nothing yet, or -1 at the end. */
    private int find(Network network) throws IOException {
        while (!inbound.buffers.plain.hasRemaining()) {
            if (inbound.hasEnded()) return -1;
            if (!outbound.isEstablished() ? !handshake.proceed(network) : !receive(network)) return 0;
        }
        return inbound.buffers.plain.remaining();
    }

    /** Once the handshake is over: whether there is something new. */
    boolean receive(Network network) throws IOException {
        if (unwrap(network) == Status.BUFFER_UNDERFLOW) return inbound.receiveMore(network);
        handshake.runTasks();
        try {
            outbound.answer(network);
        } catch (IOException gone) {
            // Who has said close_notify need not wait for the answer.
            if (!inbound.hasEnded()) throw gone;
        }
        return true;
    }

    private Status unwrap(Network network) throws SSLException {
        try {
            return inbound.unwrap();
        } catch (SSLException failed) {
            closure.lastWords(network);
            throw failed;
        }
    }
}
