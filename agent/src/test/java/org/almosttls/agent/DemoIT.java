package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sample.testkit.ChildJvm;

/** The demo, from the built jars. */
@Timeout(300)
class DemoIT {

    private static final Path SAMPLES =
            Path.of("..", "sample-apps").toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int SIGTERM = 128 + 15;

    @TempDir
    private static Path folderOfComplete;

    /** One that came to its end. */
    private static ChildJvm complete;

    @TempDir
    private Path folder;

    @BeforeAll
    static void show() {
        complete = demo(folderOfComplete, SAMPLES);
        assertEquals(0, complete.waitFor(PATIENCE), () -> complete.stdout() + complete.stderr());
    }

    /** @param folder where it puts its temporary folder */
    private static ChildJvm demo(Path folder, Path samples) {
        return ChildJvm.start(
                List.of("-Djava.io.tmpdir=" + folder, "-Dalmosttls.demo.samples=" + samples), AgentJvm.JAR, "demo");
    }

    private static void assertNothingIsLeft(Path folder, List<ProcessHandle> children) throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(
                    List.of(),
                    left.filter(path -> !path.endsWith("hsperfdata_" + user())).toList());
        }
        assertEquals(List.of(), children.stream().filter(ProcessHandle::isAlive).toList());
    }

    private static String user() {
        return System.getProperty("user.name");
    }

    @Test
    void itShowsEveryStepInUnderAMinute() {
        List<String> lines = complete.stdout().lines().toList();
        List<String> steps =
                lines.stream().filter(line -> line.matches("\\d+\\. .*")).toList();
        assertEquals(10, steps.size(), complete::stdout);
        assertTrue(lines.get(lines.size() - 1).matches("All as expected, in [1-5]?\\d seconds\\."), complete::stdout);
        assertEquals("", complete.stderr());
    }

    @Test
    void itLeavesNothing() throws Exception {
        assertNothingIsLeft(folderOfComplete, List.of());
    }

    @Test
    void everyStepThatTalksShowsASessionOfEachEndUnderTheAgent() {
        assertEquals(4, sessions("client +\\| AlmostTLS \\S+ client > "), complete::stdout);
        assertEquals(1, sessions("guest +\\| AlmostTLS \\S+ client > "), complete::stdout);
        assertEquals(1, sessions("host +\\| AlmostTLS \\S+ server < "), complete::stdout);
        long peers = Stream.of("curl", "openssl").filter(DemoIT::isOnPath).count();
        assertEquals(4 + peers, sessions("server +\\| AlmostTLS \\S+ server < "), complete::stdout);
    }

    private static long sessions(String begin) {
        Pattern pattern = Pattern.compile("^ +" + begin + ".*\\| TLSv1\\.[23] ");
        return complete.stdout().lines().filter(pattern.asPredicate()).count();
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    @Test
    void withoutTheSamplesItSaysWhatIsMissing() {
        ChildJvm demo = demo(folder, folder.resolve("nowhere"));
        assertEquals(1, demo.waitFor(PATIENCE));
        assertTrue(demo.stdout().contains("The demo failed: there is no folder " + folder), demo.stdout());
    }

    @Test
    void whenASampleIsNotBuiltItSaysSoAndLeavesNothing() throws Exception {
        Path samples = Files.createDirectory(folder.resolve("samples"));
        ChildJvm demo = demo(folder, samples);
        assertEquals(1, demo.waitFor(PATIENCE));
        assertTrue(demo.stdout().contains("The demo failed: it is not built: " + samples), demo.stdout());
        Files.delete(samples);
        assertNothingIsLeft(folder, List.of());
    }

    @Test
    void interruptedItLeavesNothing() throws Exception {
        ChildJvm demo = demo(folder, SAMPLES);
        demo.awaitLine(Pattern.compile("server +\\| listening on "), PATIENCE);
        ProcessHandle itself = ProcessHandle.of(demo.pid()).orElseThrow();
        List<ProcessHandle> children = new ArrayList<>(itself.children().toList());
        assertTrue(!children.isEmpty());
        demo.terminate();
        assertEquals(SIGTERM, demo.waitFor(PATIENCE), demo::stdout);
        assertNothingIsLeft(folder, children);
    }
}
