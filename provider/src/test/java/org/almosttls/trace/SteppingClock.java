package org.almosttls.trace;

import java.time.Instant;
import org.almosttls.config.Clock;

/** Goes on by one millisecond when told so. */
final class SteppingClock implements Clock {

    private long millis;

    void step() {
        millis++;
    }

    @Override
    public Instant now() {
        return Synthetic.START.plusMillis(millis);
    }

    @Override
    public long nanoTime() {
        return 1_000_000 * millis;
    }
}
