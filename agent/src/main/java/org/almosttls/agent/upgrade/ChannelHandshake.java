package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** The handshake of a channel. Who holds both locks does it. */
final class ChannelHandshake {

    private static final long PATIENCE_MILLIS = 10_000;

    private final SSLEngine engine;
    private final ChannelInbound inbound;
    private final ChannelOutbound outbound;
    private final ChannelClosure closure;
    private boolean begun;

    ChannelHandshake(SSLEngine engine, ChannelInbound inbound, ChannelOutbound outbound, ChannelClosure closure) {
        this.engine = engine;
        this.inbound = inbound;
        this.outbound = outbound;
        this.closure = closure;
    }

    boolean hasBegun() {
        return begun;
    }

    /** Whether it is over. One thread does it; others wait for that where the channel waits. */
    boolean join(Network network) throws IOException {
        while (!outbound.isEstablished()) {
            if (!tryIn(network)) {
                if (!network.waits()) return outbound.isEstablished();
                continue;
            }
            try {
                if (!proceed(network)) return false;
            } finally {
                inbound.lock.unlock();
            }
        }
        return true;
    }

    private boolean tryIn(Network network) throws IOException {
        try {
            return inbound.lock.tryLock() || network.waits() && inbound.lock.tryLock(5, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // As whoever waits in a channel.
            Thread.currentThread().interrupt();
            network.close();
            throw new ClosedByInterruptException();
        }
    }

    /** For who may read: whether it is over, and all of it gone. */
    boolean proceed(Network network) throws IOException {
        if (outbound.isEstablished()) return true;
        outbound.lock.lock();
        try {
            if (!begun) engine.beginHandshake();
            begun = true;
            return outbound.flush(network) && shakeHands(network);
        } catch (SSLException failed) {
            closure.lastWords(network);
            throw failed;
        } finally {
            outbound.lock.unlock();
        }
    }

    private boolean shakeHands(Network network) throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> {
                    outbound.wrapNothing();
                    if (!outbound.flush(network)) return false;
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!inbound.receive(network)) return false;
                    if (inbound.hasEnded()) throw new SSLHandshakeException("Remote host terminated the handshake");
                }
                default -> {
                    return outbound.establish(network);
                }
            }
        }
    }

    void runTasks() {
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK)
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) task.run();
    }

    /** If the channel does not wait, then not for ever: what was taken meanwhile goes out at its end. */
    void finish(Network network) throws IOException {
        long begin = System.nanoTime();
        while (!outbound.isEstablished() && !join(network)) {
            long left = PATIENCE_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            if (left <= 0 || !network.isReady(true, left)) return;
        }
    }
}
