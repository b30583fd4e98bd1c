package org.almosttls.agent.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is observed is held against what is specified. */
class FindingTest {

    private static final Scenario MODIFY = Scenarios.named("modify").orElseThrow();

    private static Finding finding(Outcome outcome, String... notices) {
        var alice = new End(List.of(), List.of(notices), List.of(), List.of());
        var seen = new Observation(End.ABSENT, alice, new Mallory(List.of(), true, ""));
        return new Finding(MODIFY, Column.TEXTBOOK, outcome, Optional.of(seen));
    }

    @Test
    void theRightNoticeIsAsSpecified() {
        assertTrue(finding(Outcome.NOTICED, "BAD_RECORD").isAsSpecified());
    }

    @Test
    void anotherNoticeIsNot() {
        assertFalse(finding(Outcome.NOTICED, "RECORD_OUT_OF_ORDER").isAsSpecified());
        assertFalse(finding(Outcome.NOTICED, "BAD_RECORD", "INTERNAL").isAsSpecified());
    }

    @Test
    void anotherOutcomeIsNot() {
        assertFalse(finding(Outcome.ATTACK_SUCCEEDS).isAsSpecified());
    }

    @Test
    void whoGainsNothingUnnoticedIsUnclear() {
        var quiet = finding(Outcome.UNCLEAR).seen().orElseThrow();
        assertEquals(Outcome.UNCLEAR, MODIFY.goal().of(quiet));
    }

    @Test
    void whatMalloryMadeUpDoesNothingToATerminal() {
        assertEquals("a?[31m?b", Told.printable("a\u001b[31m\nb"));
    }
}
