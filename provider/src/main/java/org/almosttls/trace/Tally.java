package org.almosttls.trace;

import java.util.concurrent.atomic.AtomicLong;

/** How many sessions have their line, and how many have none. */
final class Tally {

    private final AtomicLong told = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private volatile long lostAndSaid;

    void lostOne() {
        lost.incrementAndGet();
    }

    /**
     * One has its line.
     *
     * @param missing how many were lost before it, as the line says
     */
    void toldOne(long missing) {
        told.incrementAndGet();
        lostAndSaid += missing;
    }

    /** How many were lost of which no line has said so; asked by the one thread that writes. */
    long missing() {
        return lost.get() - lostAndSaid;
    }

    long told() {
        return told.get();
    }

    long lost() {
        return lost.get();
    }
}
