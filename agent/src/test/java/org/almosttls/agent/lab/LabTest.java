package org.almosttls.agent.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell of the lab's table, run for real. */
@Timeout(60)
class LabTest {

    private static Lab lab;

    @BeforeAll
    static void open() throws Exception {
        lab = Lab.open();
    }

    static Stream<Arguments> cells() {
        return Scenarios.ALL.stream()
                .flatMap(scenario -> Arrays.stream(Column.values()).map(column -> Arguments.of(scenario, column)));
    }

    /** In words of its own, so that what is specified does not change unnoticed. */
    @Test
    void thisIsSpecified() {
        assertEquals("""
                eavesdrop: LEARNS_NOTHING[], ATTACK_SUCCEEDS[], LEARNS_NOTHING[]
                modify: NOTICED[BAD_RECORD], ATTACK_SUCCEEDS[], NOTICED[BAD_RECORD]
                reorder: NOTICED[RECORD_OUT_OF_ORDER], ATTACK_SUCCEEDS[], NOTICED[BAD_RECORD]
                replay: NOTICED[RECORD_OUT_OF_ORDER], ATTACK_SUCCEEDS[], NOTICED[BAD_RECORD]
                drop: NOTICED[RECORD_OUT_OF_ORDER], ATTACK_SUCCEEDS[], NOTICED[BAD_RECORD]
                truncate: ATTACK_SUCCEEDS[], NOT_RUN[], NOTICED[TRUNCATED]
                replay-connection: ATTACK_SUCCEEDS[], NOT_RUN[], NOTICED[BAD_RECORD]
                unknown-ca: NOTICED[CERTIFICATE_UNTRUSTED], ATTACK_SUCCEEDS[], NOTICED[CERTIFICATE_UNTRUSTED]
                wrong-name: NOTICED[CERTIFICATE_NAME_MISMATCH], ATTACK_SUCCEEDS[], NOTICED[CERTIFICATE_NAME_MISMATCH]
                reflect: NOTICED[BAD_RECORD], ATTACK_SUCCEEDS[], NOTICED[BAD_RECORD]
                strip-suite: NOTHING_TO_ATTACK[], ATTACK_SUCCEEDS[], NOTICED[WRONG_FINISHED, BAD_RECORD]
                padding-oracle: LEARNS_NOTHING[BAD_RECORD], ATTACK_SUCCEEDS[BAD_RECORD], LEARNS_NOTHING[BAD_RECORD]
                crime: LEARNS_NOTHING[], ATTACK_SUCCEEDS[], LEARNS_NOTHING[]
                heartbleed: LEARNS_NOTHING[BAD_RECORD], NOT_RUN[], LEARNS_NOTHING[]
                """, Scenarios.ALL.stream().map(LabTest::specification).collect(Collectors.joining()));
    }

    private static String specification(Scenario scenario) {
        return Arrays.stream(Column.values())
                .map(scenario::expected)
                .map(expected -> expected.outcome().name() + expected.notices())
                .collect(Collectors.joining(", ", scenario.name() + ": ", "\n"));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void everyCellNamesTheMechanismThatItIsAbout(Scenario scenario, Column column) {
        assertFalse(scenario.expected(column).mechanism().isBlank());
    }

    @ParameterizedTest
    @MethodSource("cells")
    void everyCellComesOutAsSpecified(Scenario scenario, Column column) throws Exception {
        var finding = lab.run(scenario, column);
        assertEquals(scenario.expected(column).outcome(), finding.outcome(), finding::toString);
        assertTrue(finding.isAsSpecified(), finding::toString);
    }
}
