package org.almosttls;

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
 * Every violation is provoked by some test: a test's source expects it by name. Tests of how violations are told, which
 * make them up, do not count; nor does a violation that a test throws itself.
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
