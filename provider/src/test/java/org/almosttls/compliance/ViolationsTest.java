package org.almosttls.compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.almosttls.alert.Violation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every violation is expected by name in the source of some test, and is the answer to a rule. Tests of how violations
 * are told, which make them up, do not count; nor does a violation that a test throws itself. {@link ComplianceIT} sees
 * afterwards that each has really come up.
 */
class ViolationsTest {

    /** Why nothing can provoke them, for those that nothing can; whoever changes that takes them off this list. */
    private static final Map<Violation, String> OUT_OF_REACH = Map.of();

    private static final Pattern EXPECTED =
            Pattern.compile("Violation\\.([A-Z][A-Z0-9_]+)\\b(?!\\s*\\.\\s*(exception|causedBy|when|unless|text)\\b)");

    private static String expectations;

    @BeforeAll
    static void readTests() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            expectations = files.filter(ViolationsTest::provokes)
                    .flatMap(file -> EXPECTED.matcher(textOf(file)).results().map(found -> found.group(1)))
                    .distinct()
                    .collect(Collectors.joining(" ", " ", " "));
        }
    }

    private static boolean provokes(Path file) {
        boolean invents = file.getParent().endsWith(Path.of("trace"));
        return file.toString().endsWith("Test.java") && !invents && !file.endsWith("ViolationsTest.java");
    }

    private static String textOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyViolationIsProvoked(Violation violation) {
        boolean provoked = expectations.contains(" " + violation.name() + " ");
        assertEquals(!OUT_OF_REACH.containsKey(violation), provoked, OUT_OF_REACH.getOrDefault(violation, ""));
    }

    /** Those of AlmostTLSv1 are the rules of another protocol. */
    @ParameterizedTest
    @EnumSource
    void everyViolationIsTheAnswerToARuleOfItsSection(Violation violation) {
        boolean ofTls = violation.section().startsWith("RFC");
        assertTrue(
                !ofTls || Rules.everyRule().anyMatch(rule -> rule.isAnsweredBy(violation)),
                "src/test/resources/org/almosttls/compliance has no line for it (CONTRIBUTING.md tells how)");
    }

    @ParameterizedTest
    @EnumSource
    void everyViolationNamesItsRule(Violation violation) {
        assertTrue(violation.section().matches("RFC \\d{4} §[\\dA-F](\\.\\d+)*|AlmostTLSv1 §\\d+"));
    }

    @Test
    void everyViolationHasWordsOfItsOwn() {
        var words =
                Stream.of(Violation.values()).map(Violation::text).distinct().toList();
        assertEquals(Violation.values().length, words.size());
    }
}
