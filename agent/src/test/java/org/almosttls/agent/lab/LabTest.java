package org.almosttls.agent.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
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

    @ParameterizedTest
    @MethodSource("cells")
    void everyCellComesOutAsSpecified(Scenario scenario, Column column) throws Exception {
        var finding = lab.run(scenario, column);
        assertEquals(scenario.expected(column).outcome(), finding.outcome(), finding::toString);
        assertTrue(finding.isAsSpecified(), finding::toString);
    }
}
