package org.almosttls.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer chose may stand in an exception's message, which applications write into their logs. */
class ViolationDetailTest {

    private static final String TEXT = Violation.ALPN_NOT_OFFERED.text();

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\u001b", "\u0000", "\u007f", "\u0085", "\u009b", "\u2028", "\u2029"})
    void nothingEndsALineOrMovesTheCursor(String control) {
        var thrown = Violation.ALPN_NOT_OFFERED.exception("h2" + control + "FORGED");
        assertEquals(TEXT + ": h2?FORGED", thrown.getMessage());
    }

    @Test
    void whatIsHarmlessStaysAsItIs() {
        var thrown = Violation.ALPN_NOT_OFFERED.exception("h2 \u00e9 \\ [x]");
        assertEquals(TEXT + ": h2 \u00e9 \\ [x]", thrown.getMessage());
    }

    @Test
    void aLongListIsCut() {
        var thrown = Violation.NO_COMMON_SUITE.exception("x".repeat(1_000_000));
        assertTrue(thrown.getMessage().length() < 5_000);
        assertTrue(thrown.getMessage().endsWith("..."));
    }

    @Test
    void aCauseIsToldTheSameWay() {
        var cause = new IllegalArgumentException("a\nb");
        assertEquals(
                Violation.INTERNAL.text() + ": a?b",
                Violation.INTERNAL.causedBy(cause).getMessage());
        assertEquals(
                Violation.INTERNAL.text() + ": null",
                Violation.INTERNAL.causedBy(new StackOverflowError()).getMessage());
    }
}
