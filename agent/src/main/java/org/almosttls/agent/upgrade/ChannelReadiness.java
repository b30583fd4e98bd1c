package org.almosttls.agent.upgrade;

import java.io.IOException;

/** What a read would get, without waiting for anybody. */
final class ChannelReadiness {

    private final ChannelInbound inbound;
    private final ChannelOutbound outbound;
    private final ChannelReader reader;

    ChannelReadiness(ChannelInbound inbound, ChannelOutbound outbound, ChannelReader reader) {
        this.inbound = inbound;
        this.outbound = outbound;
        this.reader = reader;
    }

    boolean hasPlain() {
        if (!inbound.lock.tryLock()) return false;
        try {
            return inbound.buffers.plain.hasRemaining();
        } finally {
            inbound.lock.unlock();
        }
    }

    int available(Network network, int received) throws IOException {
        if (!outbound.isEstablished()) return received;
        // Who reads has it soon.
        if (!inbound.lock.tryLock()) return 0;
        try {
            ChannelBuffers buffers = inbound.buffers;
            boolean more = received > 0;
            while (!buffers.plain.hasRemaining() && !inbound.hasEnded() && (more || buffers.hasRecord())) {
                if (buffers.hasRecord()) {
                    reader.receive(network);
                } else {
                    inbound.receiveMore(network);
                    more = false;
                }
            }
            return buffers.plain.remaining();
        } finally {
            inbound.lock.unlock();
        }
    }

    Ahead ahead() {
        if (!inbound.lock.tryLock()) return Ahead.UNKNOWN;
        try {
            boolean some = inbound.buffers.plain.hasRemaining()
                    || inbound.hasEnded()
                    || outbound.isEstablished() && inbound.buffers.hasRecord();
            return some ? Ahead.SOMETHING : Ahead.NOTHING;
        } finally {
            inbound.lock.unlock();
        }
    }
}
