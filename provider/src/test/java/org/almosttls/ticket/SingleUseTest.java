package org.almosttls.ticket;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.junit.jupiter.api.Test;

/** RFC 8446 §8.1. */
class SingleUseTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_000);
    private static final byte[] TICKET = {1, 2, 3};

    private final SingleUse register = new SingleUse(PerOperationBackend::platform);

    @Test
    void aTicketIsUsedOnce() {
        register.give(TICKET, NOW.plusSeconds(1));
        assertTrue(register.use(TICKET.clone(), NOW));
        assertFalse(register.use(TICKET, NOW));
    }

    @Test
    void aTicketThatWasNotGivenIsNone() {
        assertFalse(register.use(TICKET, NOW));
    }

    @Test
    void aTicketIsOfUseUntilThen() {
        register.give(TICKET, NOW);
        assertFalse(register.use(TICKET, NOW));
    }

    @Test
    void theOldestAreDroppedRatherThanTakenTwice() {
        for (int i = 0; i <= SingleUse.MOST; i++) register.give(number(i), NOW.plusSeconds(1));
        assertFalse(register.use(number(0), NOW));
        assertTrue(register.use(number(1), NOW));
        assertTrue(register.use(number(SingleUse.MOST), NOW));
    }

    private static byte[] number(int number) {
        return new byte[] {(byte) (number >> 16), (byte) (number >> 8), (byte) number};
    }
}
