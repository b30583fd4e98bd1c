package org.almosttls.config;

import java.time.Instant;

/** What time it is; tests lend a fixed one. */
public interface Clock {

    Instant now();

    /** Nanoseconds since some fixed point, for durations. */
    long nanoTime();

    /** The clock of this machine. */
    static Clock system() {
        return new Clock() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public long nanoTime() {
                return System.nanoTime();
            }
        };
    }
}
