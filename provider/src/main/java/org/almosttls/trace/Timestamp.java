package org.almosttls.trace;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Instants as ISO 8601 has them, and {@link Instant#toString} does: most are of a second that was told of lately. */
final class Timestamp {

    private static final int DIGITS = 9;

    private static final int PLACES = 64;

    private static final AtomicReferenceArray<Second> LATELY = new AtomicReferenceArray<>(PLACES);

    /** All but the fraction. */
    private record Second(long number, String text) {

        Second(Instant begin) {
            this(begin.getEpochSecond(), begin.toString().replace("Z", ""));
        }
    }

    private Timestamp() {}

    /** In UTC; with the fraction of the second, if there is one, in 3, 6 or 9 digits. */
    static String of(Instant time) {
        int place = Math.floorMod(time.getEpochSecond(), PLACES);
        var second = LATELY.get(place);
        if (second == null || second.number != time.getEpochSecond()) {
            second = new Second(Instant.ofEpochSecond(time.getEpochSecond()));
            LATELY.set(place, second);
        }
        return second.text + fraction(time.getNano()) + "Z";
    }

    private static String fraction(int nanos) {
        if (nanos == 0) return "";
        String digits = Integer.toString(nanos + 1_000_000_000);
        int end = nanos % 1_000_000 == 0 ? DIGITS - 6 : nanos % 1000 == 0 ? DIGITS - 3 : DIGITS;
        return "." + digits.substring(1, 1 + end);
    }
}
