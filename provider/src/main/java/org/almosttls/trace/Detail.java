package org.almosttls.trace;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How much of a connection is told: its session, also each message, also each record. */
public enum Detail {
    SESSION,
    HANDSHAKE,
    RECORD;

    /** @throws IllegalArgumentException naming word and value if it is none */
    public static Detail of(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(word))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("detail=" + Printable.of(word) + ": it is "
                        + Arrays.stream(values()).map(Detail::word).collect(Collectors.joining(" or "))));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
