package org.almosttls.trace;

import java.time.Instant;

/** Instants as ISO 8601 has them, and {@link Instant#toString} does: most are of the same second as the last one. */
final class Timestamp {

    private static final int DIGITS = 9;

    private static volatile Second last = new Second(Instant.EPOCH);

    /** All but the fraction. */
    private record Second(long number, String text) {

        Second(Instant begin) {
            this(begin.getEpochSecond(), begin.toString().replace("Z", ""));
        }
    }

    private Timestamp() {}

    /** In UTC; with the fraction of the second, if there is one, in 3, 6 or 9 digits. */
    static String of(Instant time) {
        var second = last;
        if (second.number != time.getEpochSecond()) {
            second = new Second(Instant.ofEpochSecond(time.getEpochSecond()));
            last = second;
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
