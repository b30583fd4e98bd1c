package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;

/** The last that a channel says, and how it leaves the network. */
final class ChannelClosure {

    private static final int ROOM = 1 << 14;
    private static final int MOST_UNREAD = 1 << 20;

    private final SSLEngine engine;
    private final ChannelInbound inbound;
    private final ChannelOutbound outbound;

    ChannelClosure(SSLEngine engine, ChannelInbound inbound, ChannelOutbound outbound) {
        this.engine = engine;
        this.inbound = inbound;
        this.outbound = outbound;
    }

    /** Says close_notify. */
    void shutdownOutput(Network network) throws IOException {
        outbound.lock.lock();
        try {
            sayGoodbye();
            outbound.flush(network);
        } finally {
            outbound.lock.unlock();
        }
    }

    /** The same, without waiting for anybody. */
    void close(Network network) throws IOException {
        if (!outbound.lock.tryLock()) return;
        try {
            sayGoodbye();
            // A peer that does not read is not waited for either.
            boolean passable = !network.waits() || network.isReady(false, 0);
            if (passable && outbound.flush(network) && outbound.isEstablished()) readAway(network);
        } finally {
            outbound.lock.unlock();
        }
    }

    private void sayGoodbye() throws IOException {
        engine.closeOutbound();
        if (!engine.isOutboundDone()) outbound.wrapNothing();
    }

    /** An alert, if one is due; then the transport is of no use any more. */
    void lastWords(Network network) {
        outbound.lock.lock();
        try {
            inbound.end();
            outbound.wrapNothing();
            if (outbound.flush(network)) readAway(network);
        } catch (IOException gone) {
            // The failure itself is what is told.
            return;
        } finally {
            outbound.lock.unlock();
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

    /** RFC 9293 §3.6.1: who closes with something unread, a ticket for one, resets, and what is still to be sent is lost. */
    private void readAway(Network network) throws IOException {
        if (!inbound.lock.tryLock()) return;
        try {
            network.shutdownOutput();
            ByteBuffer room = ByteBuffer.allocate(ROOM);
            int count = 1;
            for (int all = 0; count > 0 && all < MOST_UNREAD && network.isReady(true, 0); all += count)
                count = network.read(room.clear());
        } finally {
            inbound.lock.unlock();
        }
    }
}
