package org.almosttls.config;

import java.time.Duration;
import java.time.Instant;

/**
 * RFC 8446 §4.2.11.1: how old a ticket is, and how that is said.
 *
 * @param since when this end sent or received it
 * @param added to the age that is said, so that who listens cannot tell connections by it; 0 to 2^32 - 1
 */
public record TicketAge(Instant since, long added) {

    private static final long MASK = 0xFFFF_FFFFL;

    /** RFC 8446 §8.3: for messages on the way, and clocks that go differently. */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(10);

    /** For clocks of a fleet that differ: no client knows a ticket for longer than its server does. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    /** RFC 8446 §4.2.11.1: obfuscated_ticket_age, in milliseconds modulo 2^32. */
    public long obfuscated(Instant now) {
        return milliseconds(now) + added & MASK;
    }

    /**
     * Whether a client can have come to this. It may know of the ticket only since it last read from its connection, so
     * that its age may be any that is less.
     */
    public boolean permits(long obfuscated, Instant now) {
        long claimed = obfuscated - added & MASK;
        return claimed <= milliseconds(now) + TOLERANCE.toMillis();
    }

    /** RFC 8446 §8.3: whether it is what the clocks here say, but for the time that messages take. */
    public boolean isAbout(long obfuscated, Instant now) {
        long claimed = obfuscated - added & MASK;
        return Math.abs(claimed - milliseconds(now)) <= ON_THE_WAY.toMillis();
    }

    private long milliseconds(Instant now) {
        return Math.max(0, Duration.between(since, now).toMillis());
    }
}
