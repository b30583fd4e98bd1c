package org.almosttls.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class JoinedLinesTest {

    private static final List<byte[]> LINES =
            List.of("1\n".getBytes(UTF_8), "22\n".getBytes(UTF_8), "\n".getBytes(UTF_8));

    private static String words(JoinedLines joined) {
        return UTF_8.decode(joined.octets().duplicate().rewind()).toString();
    }

    @Test
    void oneIsBehindTheOther() {
        assertEquals("1\n22\n\n", words(JoinedLines.of(LINES, false)));
        assertEquals("\n1\n22\n\n", words(JoinedLines.of(LINES, true)), "what is torn ends first");
    }

    /** As if the disk were full after each of the octets. */
    @Test
    void wholeAreThoseOfWhichEachOctetIsWritten() {
        int[] whole = {0, 0, 1, 1, 1, 2, 3};
        int[] kept = {0, 0, 2, 2, 2, 5, 6};
        for (int written = 0; written < whole.length; written++) {
            var joined = JoinedLines.of(LINES, false);
            joined.octets().position(written);
            assertEquals(whole[written], joined.whole(), "of " + written);
            assertEquals(kept[written], joined.kept(), "of " + written);
        }
    }

    @Test
    void theEndOfATornOneIsKeptWithTheFirstLine() {
        int[] whole = {0, 0, 0, 1, 1, 1, 2, 3};
        int[] kept = {0, 0, 0, 3, 3, 3, 6, 7};
        for (int written = 0; written < whole.length; written++) {
            var joined = JoinedLines.of(LINES, true);
            joined.octets().position(written);
            assertEquals(whole[written], joined.whole(), "of " + written);
            assertEquals(kept[written], joined.kept(), "of " + written);
        }
    }
}
