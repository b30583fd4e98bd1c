package org.almosttls.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

/** The data of one direction: what is still to be said, and what the other end has heard of it, octet by octet. */
final class Speech {

    private final byte[] octets;
    private volatile int length;
    private volatile int said;
    private volatile int heard;

    Speech(long seed, int length) {
        octets = new byte[length];
        new Random(seed).nextBytes(octets);
        this.length = length;
    }

    int left() {
        return length - said;
    }

    /** What comes next. */
    byte[] next(int most) {
        return Arrays.copyOfRange(octets, said, said + Math.min(most, left()));
    }

    void say(int octets) {
        said += octets;
    }

    /** No more will be said. */
    void end() {
        length = said;
    }

    void hear(byte[] more) {
        assertTrue(heard + more.length <= said, "octets heard that nobody said");
        int wrong = Arrays.mismatch(more, Arrays.copyOfRange(octets, heard, heard + more.length));
        assertEquals(-1, wrong, "the octet that is wrong, of those after " + heard);
        heard += more.length;
    }

    int unheard() {
        return said - heard;
    }

    /** Whether all that was to be said has been heard. */
    boolean isOver() {
        return heard == length;
    }
}
