package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import sample.testkit.JdkTool;

/** A JVM of the same version as this one, with the built agent jar under {@link ProbeApp} or by itself. */
final class AgentJvm {

    static final Path JAR = Path.of("target", "almost-tls-agent.jar").toAbsolutePath();

    static final Path PROVIDER =
            Path.of("..", "provider", "target", "almost-tls-provider.jar").toAbsolutePath();

    private static final long SECONDS = 120;

    private final List<String> command = new ArrayList<>(java());
    private final Map<String, String> environment = new TreeMap<>();
    private Path folder = Path.of("");
    private final List<Path> classPath = new ArrayList<>(List.of(Path.of("target", "test-classes")));

    /** What it did. */
    record Outcome(int exitCode, List<String> out, List<String> err) {

        /** What the application answered, and that it came to its end. */
        String answer(String question) {
            assertTrue(exitCode == 0, this::toString);
            return out.stream()
                    .filter(line -> line.startsWith(question + "="))
                    .map(line -> line.substring(question.length() + 1))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(this));
        }
    }

    /** The words that it begins with. */
    static List<String> java() {
        List<String> words = new ArrayList<>(List.of(JdkTool.path("java").toString()));
        words.addAll(JdkTool.LIGHT);
        return words;
    }

    /** The jars of these tests' class path whose names begin so. */
    static List<Path> libraries(String prefix) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().startsWith(prefix))
                .toList();
    }

    AgentJvm with(String... words) {
        command.addAll(List.of(words));
        return this;
    }

    /** Lets it run by these words. */
    AgentJvm by(List<String> words) {
        command.addAll(0, words);
        return this;
    }

    AgentJvm agent(String options) {
        return agent(JAR, options);
    }

    AgentJvm agent(Path jar, String options) {
        return with("-javaagent:" + jar + (options.isEmpty() ? "" : "=" + options));
    }

    /** It may be asked to {@code attach} an agent to itself. */
    AgentJvm attachingItself() {
        return with("-Djdk.attach.allowAttachSelf=true", "-XX:+EnableDynamicAgentLoading");
    }

    AgentJvm environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    AgentJvm alsoOnClassPath(List<Path> jars) {
        classPath.addAll(jars);
        return this;
    }

    /** Lets it run in this folder. */
    AgentJvm in(Path folder) {
        this.folder = folder;
        return this;
    }

    /** Runs the application and asks it. */
    Outcome ask(String... questions) throws Exception {
        List<String> places = classPath.stream().map(Path::toString).toList();
        with("-cp", String.join(File.pathSeparator, places), ProbeApp.class.getName());
        return with(questions).run();
    }

    /** Runs the command as it is by now. */
    Outcome run() throws IOException, InterruptedException {
        Path out = Files.createTempFile("out", ".txt");
        Path err = Files.createTempFile("err", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toAbsolutePath().toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("ALMOSTTLS_"));
            builder.environment().putAll(environment);
            return outcome(builder.start(), out, err);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private Outcome outcome(Process process, Path out, Path err) throws IOException, InterruptedException {
        process.getOutputStream().close();
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertTrue(ended, () -> "still runs: " + command);
        return new Outcome(process.exitValue(), lines(out), lines(err));
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.UTF_8);
    }
}
