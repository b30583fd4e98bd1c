package org.almosttls.ticket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.MovableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of a server's own: for how long they make tickets, and for how long they read them. */
class RotatingKeysTest {

    private final MovableClock clock = new MovableClock();
    private Duration timeout = Duration.ofHours(24);
    private final RotatingKeys keys = new RotatingKeys(new FixedRandomness(1), clock, () -> timeout);

    private byte[] sealing() {
        return keys.sealing().orElseThrow().name();
    }

    private boolean reads(byte[] name) {
        return keys.named(name).isPresent();
    }

    /** Half of the time-out, and not more than half a day. */
    @ParameterizedTest
    @CsvSource({"24, 720", "100, 720", "2, 60", "0, 720"})
    void aKeyMakesTicketsForATerm(int hours, int minutes) {
        timeout = Duration.ofHours(hours);
        byte[] first = sealing();
        clock.pass(Duration.ofMinutes(minutes).minusMillis(1));
        assertArrayEquals(first, sealing());
        clock.pass(Duration.ofMillis(1));
        assertFalse(Arrays.equals(first, sealing()));
    }

    /** Its last ticket may be as old as the time-out. */
    @Test
    void aKeyReadsTicketsUntilTheLastOfThemIsOver() {
        byte[] first = sealing();
        clock.pass(Duration.ofHours(12));
        sealing();
        clock.pass(Duration.ofHours(24));
        assertTrue(reads(first));
        clock.pass(Duration.ofMillis(1));
        assertFalse(reads(first));
    }

    @Test
    void whatIsHandedOutIsACopyAndWhatIsOverIsErased() {
        var first = keys.sealing().orElseThrow();
        var copy = keys.named(first.name()).orElseThrow();
        first.close();
        assertFalse(Arrays.equals(new byte[32], copy.mac().bytes()));
        assertEquals(32, copy.cipher().length());
    }

    @Test
    void withoutATimeoutTicketsLastAWeek() {
        timeout = Duration.ZERO;
        byte[] first = sealing();
        clock.pass(Duration.ofDays(7).plusHours(12));
        assertTrue(reads(first));
        clock.pass(Duration.ofMillis(1));
        assertFalse(reads(first));
    }

    @Test
    void theirNumberIsBounded() {
        timeout = Duration.ofDays(10_000);
        byte[] first = sealing();
        for (int i = 0; i < 70; i++) {
            clock.pass(Duration.ofHours(12));
            sealing();
        }
        assertFalse(reads(first));
    }
}
