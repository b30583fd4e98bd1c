package org.almosttls.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** RFC 8446 §4.2.11.1. */
class TicketAgeTest {

    private static final Instant SENT = Instant.parse("2026-11-25T12:00:00Z");

    private static Instant after(Duration time) {
        return SENT.plus(time);
    }

    /** RFC 8448 §3, §4: the ticket that is told as six milliseconds old. */
    @Test
    void theAgeIsSaidInMillisecondsModulo2To32() {
        var age = new TicketAge(SENT, 0xFAD6AAC5L);
        assertEquals(0xFAD6AACBL, age.obfuscated(after(Duration.ofMillis(6))));
        assertEquals(0, new TicketAge(SENT, 0xFFFF_FFFFL).obfuscated(after(Duration.ofMillis(1))));
        assertEquals(604_799_999, new TicketAge(SENT, 0xFFFF_FFFFL).obfuscated(after(Duration.ofDays(7))));
    }

    @Test
    void aClockThatWentBackIsNoAge() {
        assertEquals(5, new TicketAge(SENT, 5).obfuscated(SENT.minusSeconds(9)));
    }

    /** A client that reads late knows of its ticket late. */
    @Test
    void anAgeMayBeLessThanTheServersButNotMuchMore() {
        var ofServer = new TicketAge(SENT, 0xFFFF_FF00L);
        var now = after(Duration.ofHours(2));
        for (var since :
                new Duration[] {Duration.ZERO, Duration.ofHours(1), Duration.ofHours(2), Duration.ofSeconds(-59)})
            assertTrue(
                    ofServer.permits(new TicketAge(SENT.plus(since), 0xFFFF_FF00L).obfuscated(now), now),
                    since.toString());
        for (var since : new Duration[] {Duration.ofSeconds(-61), Duration.ofDays(-7)})
            assertFalse(
                    ofServer.permits(new TicketAge(SENT.plus(since), 0xFFFF_FF00L).obfuscated(now), now),
                    since.toString());
        assertFalse(ofServer.permits(0xFFFF_FEFFL, now));
    }
}
