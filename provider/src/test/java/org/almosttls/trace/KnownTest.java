package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.almosttls.trace.Known.Octets;
import org.junit.jupiter.api.Test;

class KnownTest {

    private final Known<Octets, String> known = new Known<>();

    private static Octets octets(int... each) {
        byte[] octets = new byte[each.length];
        for (int i = 0; i < each.length; i++) octets[i] = (byte) each[i];
        return new Octets(octets);
    }

    @Test
    void theSameOctetsAreFoundAgain() {
        known.keep(octets(1, 2), "found");
        assertEquals(Optional.of("found"), known.find(octets(1, 2)));
        assertEquals(Optional.empty(), known.find(octets(2, 1)));
        assertEquals(Optional.empty(), known.find(octets()));
    }

    @Test
    void whatNobodyHasAskedForLatelyMakesRoom() {
        for (int i = 0; i < 50; i++) known.keep(octets(i), "" + i);
        assertEquals(Optional.of("0"), known.find(octets(0)));
        known.keep(octets(50), "50");
        assertEquals(Optional.of("0"), known.find(octets(0)));
        assertEquals(Optional.empty(), known.find(octets(1)));
    }

    /** The hash looks at some of them only. */
    @Test
    void oneOctetMakesTheDifferenceWhereverItIs() {
        byte[] some = new byte[1000];
        new Random(5246).nextBytes(some);
        known.keep(new Octets(some), "found");
        for (int i = 0; i < some.length; i++) {
            byte[] other = some.clone();
            other[i]++;
            assertNotEquals(new Octets(some), new Octets(other));
            assertEquals(Optional.empty(), known.find(new Octets(other)));
        }
        assertEquals(Optional.of("found"), known.find(new Octets(some.clone())));
    }

    /** Peers choose how much they say. */
    @Test
    void whatIsVeryLongIsNotFew() {
        assertTrue(new Octets(new byte[1 << 13]).areFew());
        assertFalse(new Octets(new byte[1 + (1 << 13)]).areFew());
    }
}
