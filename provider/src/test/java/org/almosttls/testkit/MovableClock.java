package org.almosttls.testkit;

import java.time.Duration;
import java.time.Instant;
import org.almosttls.config.Clock;

/** Stands still but when a test lets time pass. */
public final class MovableClock implements Clock {

    private volatile Instant now = Instant.parse("2026-11-25T12:00:00Z");

    public void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public long nanoTime() {
        return now.toEpochMilli() * 1_000_000;
    }
}
