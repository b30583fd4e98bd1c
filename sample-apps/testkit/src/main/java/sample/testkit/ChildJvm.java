package sample.testkit;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A program in a JVM of its own, the same JDK as ours; closing it leaves no process. */
public final class ChildJvm implements AutoCloseable {

    private static final Duration LAST_OUTPUT = Duration.ofSeconds(10);

    private final Process process;
    private final Lines stdout;
    private final Lines stderr;
    private final PrintStream stdin;

    private ChildJvm(Process process) {
        this.process = process;
        this.stdout = Lines.of(process.getInputStream());
        this.stderr = Lines.of(process.getErrorStream());
        this.stdin = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Runs {@code java <jvmArgs> -jar <jar> <args>}. */
    public static ChildJvm start(List<String> jvmArgs, Path jar, String... args) {
        List<String> words = new ArrayList<>(jvmArgs);
        words.addAll(List.of("-jar", jar.toString()));
        words.addAll(List.of(args));
        return start(words);
    }

    /** Runs {@code java <words>}, with {@link JdkTool#LIGHT} before them. */
    public static ChildJvm start(List<String> words) {
        List<String> command = new ArrayList<>(List.of(JdkTool.path("java").toString()));
        command.addAll(JdkTool.LIGHT);
        command.addAll(words);
        var builder = new ProcessBuilder(command);
        // They would change the child, and say so on its stderr.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        try {
            return new ChildJvm(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first match in a stdout line that no earlier call went past; fails after the patience, or at the end. */
    public MatchResult awaitLine(Pattern pattern, Duration patience) {
        return stdout.await(pattern, patience).orElseThrow(() -> failure("no stdout line matches " + pattern));
    }

    /** The same for stderr. */
    public MatchResult awaitErrorLine(Pattern pattern, Duration patience) {
        return stderr.await(pattern, patience).orElseThrow(() -> failure("no stderr line matches " + pattern));
    }

    /** What the child reads; each {@code println} is flushed, {@code close} is its end of file. */
    public PrintStream stdin() {
        return stdin;
    }

    /** All of stdout so far; after {@link #waitFor} all there was. */
    public String stdout() {
        return stdout.text();
    }

    /** All of stderr so far; after {@link #waitFor} all there was. */
    public String stderr() {
        return stderr.text();
    }

    public long pid() {
        return process.pid();
    }

    /** Asks the child to end, as SIGTERM does. */
    public void terminate() {
        // Not Process.destroy, which would also close what the child still has to say.
        process.toHandle().destroy();
    }

    /** The exit code, all output being read; kills the child and fails after the patience. */
    public int waitFor(Duration patience) {
        if (!ended(patience)) {
            var failure = failure("still running after " + patience);
            close();
            throw failure;
        }
        stdout.awaitEnd(LAST_OUTPUT);
        stderr.awaitEnd(LAST_OUTPUT);
        return process.exitValue();
    }

    /** Kills the child and all its descendants, if they still run. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        if (!ended(LAST_OUTPUT)) {
            throw failure("survived being killed");
        }
    }

    private boolean ended(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the child ran", e);
        }
    }

    private AssertionError failure(String what) {
        return new AssertionError("%s%n-- command: %s%n-- running: %s%n-- stdout:%n%s-- stderr:%n%s"
                .formatted(what, process.info().commandLine().orElse("?"), process.isAlive(), stdout(), stderr()));
    }
}
