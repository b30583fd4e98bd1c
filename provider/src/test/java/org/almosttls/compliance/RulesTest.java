package org.almosttls.compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules keep to their form, and name tests that exist. */
class RulesTest {

    private static final Set<String> BREAKERS = Set.of("client", "server", "either");

    @Test
    void eachSaysWhoCanBreakIt() {
        assertNone(Rules.everyRule().filter(rule -> !BREAKERS.contains(rule.breaker())));
    }

    @Test
    void noneIsThereTwice() {
        var seen = new TreeSet<String>();
        assertNone(Rules.everyRule().filter(rule -> !seen.add(rule.toString())));
    }

    /** The alert is written down twice, here as it was read in the RFC. */
    @Test
    void theAlertIsThatOfTheViolation() {
        assertNone(Rules.everyRule()
                .filter(rule -> rule.violation().isPresent())
                .filter(rule -> !rule.violation()
                        .get()
                        .alert()
                        .name()
                        .equals(rule.alert().get())));
    }

    @Test
    void theTestsExist() {
        assertEquals(
                List.of(),
                Rules.everyRule()
                        .flatMap(rule -> rule.tests().stream())
                        .filter(test -> !TestNames.exists(test))
                        .distinct()
                        .toList());
    }

    @Test
    void whatIsNotDoneIsNotClaimed() {
        assertNone(Rules.everyRule()
                .filter(rule -> rule.excuse().isPresent() && !rule.tests().isEmpty()));
        assertTrue(Rules.everyRule().anyMatch(rule -> !rule.tests().isEmpty()));
    }

    private static void assertNone(Stream<Rule> wrong) {
        assertEquals(List.of(), wrong.map(Rule::toString).toList());
    }
}
