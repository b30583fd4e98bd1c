package org.almosttls.compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.almosttls.alert.Violation;
import org.almosttls.compliance.RunRecord.Outcome;
import org.almosttls.testkit.Provocations.Way;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After all tests: each rule and promise was shown by a test that ran, and the tables of them are written. */
class ComplianceIT {

    private static final Path RECORD = Path.of(System.getProperty(RunRecord.PROPERTY, "no folder"));
    private static final Path PAGE = Path.of("target", "compliance.md");
    private static final Path PROMISES = Path.of("target", "promises.md");

    private static RunRecord run;

    @BeforeAll
    static void readTheRun() throws IOException {
        assumeTrue(Files.exists(RECORD), "no test was run");
        run = RunRecord.read(RECORD);
        var missing = run.missing();
        assumeTrue(missing.isEmpty(), () -> "not all tests were run: " + missing);
        Files.writeString(PAGE, new CompliancePage(run).text());
        Files.writeString(PROMISES, new PromisesPage(run).text());
    }

    @Test
    void theTestsOfEveryPromiseRanAndPassed() {
        assertNone(Promises.everyPromise().filter(promise -> anyFailed(promise.tests())));
    }

    @Test
    void theTestsOfEveryMethodOfJsseRanAndPassedWithBothProviders() {
        assertNone(Contract.all().stream()
                .filter(Contract::isOfThisPlatform)
                .filter(it -> anyFailed(it.runs().toList())));
    }

    @Test
    void theTestsOfEveryDifferenceRanAndPassed() {
        assertNone(Difference.all().stream().filter(it -> anyFailed(it.runs().toList())));
    }

    private static Stream<Rule> shown() {
        return Rules.everyRule().filter(rule -> rule.excuse().isEmpty());
    }

    /** A test that was left out, as for a peer that is not installed, is told in the table and no failure. */
    @Test
    void theTestsOfEveryRuleRanAndPassed() {
        assertNone(shown().filter(rule -> anyFailed(rule.tests())));
    }

    private static boolean anyFailed(List<String> tests) {
        return tests.stream()
                .map(test -> run.outcomes().getOrDefault(test, Outcome.FAILED))
                .anyMatch(outcome -> outcome == Outcome.FAILED);
    }

    /** That a test names a violation is not enough: it came up in it. */
    @Test
    void aTestOfEveryRuleProvokedItsViolation() {
        assertNone(shown().filter(rule -> rule.violation().isPresent()
                && rule.tests().stream()
                        .noneMatch(test -> tests(rule.violation().get()).containsKey(test))));
    }

    /** By octets or whole messages, as a peer sends them, or in another way for a reason that {@link OurOwn} has. */
    @ParameterizedTest
    @EnumSource
    void everyViolationWasProvokedAsAPeerWould(Violation violation) {
        var ways = tests(violation).values();
        boolean byAPeer = ways.contains(Way.OCTETS) || ways.contains(Way.MESSAGE);
        assertEquals(!OurOwn.VIOLATIONS.containsKey(violation), byAPeer, () -> "only " + ways);
        assertTrue(byAPeer || ways.contains(Way.PART), () -> "only " + ways);
    }

    private static Map<String, Way> tests(Violation violation) {
        return run.provoked().getOrDefault(violation.name(), Map.of());
    }

    private static void assertNone(Stream<?> wrong) {
        assertEquals(List.of(), wrong.map(Object::toString).toList());
    }
}
