package org.almosttls.event;

import java.util.concurrent.atomic.AtomicLong;

/** Tells one connection of this JVM from another. */
public record ConnectionId(long number) {

    private static final AtomicLong LAST = new AtomicLong();

    public static ConnectionId next() {
        return new ConnectionId(LAST.incrementAndGet());
    }
}
