package sample.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ChildJvmTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void talksWithTheChildUntilItEnds() {
        try (var child = parrot()) {
            assertEquals(
                    "a,b",
                    child.awaitLine(Pattern.compile("^ready (.*)$"), PATIENCE).group(1));
            child.stdin().println("hello");
            child.awaitLine(Pattern.compile("^heard hello$"), PATIENCE);
            child.awaitErrorLine(Pattern.compile("complaint"), PATIENCE);
            child.stdin().close();
            assertEquals(7, child.waitFor(PATIENCE));
            assertEquals("ready a,b\nheard hello\n", child.stdout());
            assertEquals("complaint\n", child.stderr());
        }
    }

    @Test
    void eachLineIsGonePastOnce() {
        try (var child = parrot()) {
            child.stdin().println("ready again");
            child.awaitLine(Pattern.compile("ready"), PATIENCE);
            assertEquals(
                    "again",
                    child.awaitLine(Pattern.compile("ready (.*)"), PATIENCE).group(1));
        }
    }

    @Test
    void aLineThatDoesNotComeFailsWithTheOutput() {
        try (var child = parrot()) {
            child.awaitErrorLine(Pattern.compile("complaint"), PATIENCE);
            child.stdin().close();
            var failure =
                    assertThrows(AssertionError.class, () -> child.awaitLine(Pattern.compile("never said"), PATIENCE));
            assertTrue(failure.getMessage().startsWith("no stdout line matches never said"), failure.getMessage());
            assertTrue(failure.getMessage().contains("ready a,b\n"), failure.getMessage());
            assertTrue(failure.getMessage().contains("complaint\n"), failure.getMessage());
        }
    }

    @Test
    void aChildThatDoesNotEndIsKilled() {
        try (var child = parrot()) {
            child.awaitLine(Pattern.compile("ready"), PATIENCE);
            assertThrows(AssertionError.class, () -> child.waitFor(Duration.ofMillis(1)));
            assertFalse(isAlive(child));
        }
    }

    @Test
    void closingKillsTheChild() {
        var child = parrot();
        child.awaitLine(Pattern.compile("ready"), PATIENCE);
        assertTrue(isAlive(child));
        child.close();
        assertFalse(isAlive(child));
    }

    private static ChildJvm parrot() {
        String classes =
                Parrot.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        return ChildJvm.start(List.of("-Dcode=7", "-cp", classes, Parrot.class.getName(), "a", "b"));
    }

    private static boolean isAlive(ChildJvm child) {
        return ProcessHandle.of(child.pid()).map(ProcessHandle::isAlive).orElse(false);
    }
}
