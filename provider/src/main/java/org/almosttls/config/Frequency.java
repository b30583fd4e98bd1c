package org.almosttls.config;

import java.time.Duration;

/**
 * How often something has happened within a minute: what a connection lives through in days is no flood.
 *
 * @param since when the minute began, by {@link Clock#nanoTime}
 */
public record Frequency(int times, long since) {

    public static final Frequency NEVER = new Frequency(0, 0);

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    /** Once more, now. */
    public Frequency again(long now) {
        return times == 0 || isOver(now) ? new Frequency(1, now) : new Frequency(times + 1, since);
    }

    /** Whether it may happen once more now. */
    public boolean isBelow(int most, long now) {
        return times < most || isOver(now);
    }

    private boolean isOver(long now) {
        return now - since > MINUTE;
    }
}
