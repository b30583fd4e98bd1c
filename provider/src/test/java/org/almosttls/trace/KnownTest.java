package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownTest {

    private final Known<String> known = new Known<>();

    @Test
    void theSameOctetsAreFoundAgain() {
        known.keep(new byte[] {1, 2}, "found");
        assertEquals(Optional.of("found"), known.find(new byte[] {1, 2}));
        assertEquals(Optional.empty(), known.find(new byte[] {2, 1}));
    }

    @Test
    void whatNobodyHasAskedForLatelyMakesRoom() {
        for (int i = 0; i < 50; i++) known.keep(new byte[] {(byte) i}, "" + i);
        assertEquals(Optional.of("0"), known.find(new byte[] {0}));
        known.keep(new byte[] {50}, "50");
        assertEquals(Optional.of("0"), known.find(new byte[] {0}));
        assertEquals(Optional.empty(), known.find(new byte[] {1}));
    }

    /** Peers choose how much they say. */
    @Test
    void whatIsVeryLongIsNotKept() {
        known.keep(new byte[1 << 13], "long");
        known.keep(new byte[1 + (1 << 13)], "very long");
        assertEquals(Optional.of("long"), known.find(new byte[1 << 13]));
        assertEquals(Optional.empty(), known.find(new byte[1 + (1 << 13)]));
    }
}
