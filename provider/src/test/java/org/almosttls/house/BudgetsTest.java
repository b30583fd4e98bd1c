package org.almosttls.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.Tree;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.almosttls.house.SourceFile.MethodDeclaration;
import org.almosttls.house.SourceFile.TypeDeclaration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The budgets of size. A file that has to exceed one says why in a sentence at its top that begins with
 * {@code Budget:}; what holds for the median and for 95 of 100 holds for such files too.
 */
class BudgetsTest {

    private static List<SourceFile> files;

    @BeforeAll
    static void parse() throws IOException {
        files = Sources.all().stream()
                .filter(file -> !file.fileName().endsWith("-info.java"))
                .toList();
    }

    @Test
    void halfOfTheFilesHaveAtMost100Lines() {
        assertAtMost(100, percentile(50, files.stream().mapToInt(SourceFile::lines)));
    }

    @Test
    void ninetyFiveOfAHundredFilesHaveAtMost350Lines() {
        assertAtMost(350, percentile(95, files.stream().mapToInt(SourceFile::lines)));
    }

    @Test
    void noFileHasMoreThan500Lines() {
        assertNone(bound().filter(BudgetsTest::tooLong).map(file -> file.path() + ": " + file.lines() + " lines"));
    }

    @Test
    void ninetyFiveOfAHundredMethodsHaveAtMost30Lines() {
        assertAtMost(30, percentile(95, methods(files).mapToInt(MethodDeclaration::lines)));
    }

    @Test
    void noMethodHasMoreThan60Lines() {
        assertNone(methods(bound().toList())
                .filter(BudgetsTest::tooLong)
                .map(method -> method.file() + ": " + method.name() + " has " + method.lines() + " lines"));
    }

    @Test
    void noMethodHasMoreThan5Parameters() {
        assertNone(methods(bound().toList())
                .filter(BudgetsTest::tooWide)
                .map(method -> method.file() + ": " + method.name() + " has " + method.parameters() + " parameters"));
    }

    @Test
    void noTypeHasMoreThan7Fields() {
        assertNone(bound().flatMap(file -> file.types().stream())
                .filter(BudgetsTest::tooFull)
                .map(type -> type.file() + ": " + type.name() + " has " + type.fields() + " fields"));
    }

    @Test
    void onlyFilesThatExceedABudgetPleadForIt() {
        Predicate<SourceFile> exceeds = file -> tooLong(file)
                || file.methods().stream().anyMatch(method -> tooLong(method) || tooWide(method))
                || file.types().stream().anyMatch(BudgetsTest::tooFull);
        assertNone(files.stream()
                .filter(SourceFile::pleads)
                .filter(exceeds.negate())
                .map(file -> file.path() + " keeps to all budgets and needs no sentence"));
    }

    private static boolean tooLong(SourceFile file) {
        return file.lines() > 500;
    }

    private static boolean tooLong(MethodDeclaration method) {
        return method.lines() > 60;
    }

    /** Records may hold what they like; the signature of an override is somebody else's. */
    private static boolean tooWide(MethodDeclaration method) {
        return method.parameters() > 5 && !method.overrides() && !isConstructorOfRecord(method);
    }

    private static boolean isConstructorOfRecord(MethodDeclaration method) {
        return method.owner() == Tree.Kind.RECORD && method.name().endsWith("<init>");
    }

    private static boolean tooFull(TypeDeclaration type) {
        return type.fields() > 7 && (type.kind() == Tree.Kind.CLASS || type.kind() == Tree.Kind.ENUM);
    }

    private static Stream<SourceFile> bound() {
        return files.stream().filter(file -> !file.pleads());
    }

    private static Stream<MethodDeclaration> methods(List<SourceFile> of) {
        return of.stream().flatMap(file -> file.methods().stream());
    }

    private static int percentile(int percent, IntStream lengths) {
        var sorted = lengths.sorted().toArray();
        return sorted[(sorted.length * percent + 99) / 100 - 1];
    }

    private static void assertAtMost(int budget, int actual) {
        assertTrue(actual <= budget, () -> actual + " lines, the budget is " + budget);
    }

    private static void assertNone(Stream<String> offenders) {
        assertEquals("", offenders.sorted().collect(Collectors.joining("\n")));
    }
}
