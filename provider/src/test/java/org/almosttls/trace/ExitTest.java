package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEventListener;
import org.almosttls.registry.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A JVM of its own, with the system properties that ask for a log, ends while sessions run. */
@Timeout(120)
class ExitTest {

    @TempDir
    private Path folder;

    /** One session ends, one is open, and the JVM exits. */
    static final class Program {

        private static final List<InventedSession> RUNNING = new ArrayList<>();

        public static void main(String[] arguments) {
            TlsEventListener log = SessionLog.fromSystem();
            RUNNING.add(InventedSession.begin(log, Role.CLIENT, 1).established());
            InventedSession.begin(log, Role.SERVER, 2).established().closes(TlsEvent.Ending.CLOSE_NOTIFY);
            System.out.println(SessionLog.fromSystem() == log ? "same log" : "another log");
            System.exit(3);
        }
    }

    /** Says whether the log wants to hear anything. */
    static final class Undisturbed {
        public static void main(String[] arguments) {
            System.out.println(SessionLog.fromSystem().wants(TlsEventListener.Kind.HANDSHAKE));
        }
    }

    private record Ran(int exit, String out, String err) {}

    private Ran run(Class<?> program, String... options) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        var out = folder.resolve("out");
        var err = folder.resolve("err");
        var process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it hangs");
            return new Ran(process.exitValue(), read(out), read(err));
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(Path path) throws IOException {
        return Files.readString(path, StandardCharsets.UTF_8);
    }

    @Test
    void anOpenSessionIsToldAtExit() throws IOException, InterruptedException {
        var ran = run(Program.class, "-Dalmosttls.log=stderr");
        assertEquals(3, ran.exit());
        assertEquals("same log\n", ran.out());
        var lines =
                ran.err().lines().filter(line -> line.startsWith("AlmostTLS ")).toList();
        assertEquals(2, lines.size(), ran.err());
        assertTrue(lines.get(0).contains("server <") && lines.get(0).endsWith("closed"), ran.err());
        assertTrue(lines.get(1).contains("client >") && lines.get(1).endsWith("open at exit"), ran.err());
    }

    @Test
    void aFileIsNamedByTheProcess() throws IOException, InterruptedException {
        run(Program.class, "-Dalmosttls.log=" + folder.resolve("tls-%p.jsonl"));
        try (var files = Files.newDirectoryStream(folder, "tls-*.jsonl")) {
            var file = files.iterator().next();
            var pid = file.getFileName().toString().replaceAll("\\D", "");
            assertEquals(2, Files.readAllLines(file).size());
            assertTrue(read(file).contains("\"pid\":" + pid + ","), read(file));
        }
    }

    @Test
    void aLogThatCannotBeWrittenIsOneClearLine() throws IOException, InterruptedException {
        var path = folder.resolve("absent").resolve("tls.jsonl");
        var ran = run(Undisturbed.class, "-Dalmosttls.log=" + path);
        assertEquals(0, ran.exit());
        assertEquals("false\n", ran.out());
        assertTrue(
                ran.err()
                        .contains("AlmostTLS: almosttls.log=" + path
                                + ": cannot be written: its folder does not exist; sessions are not logged\n"),
                ran.err());
    }

    @Test
    void withoutTheWordNothingIsHeard() throws IOException, InterruptedException {
        assertEquals("false\n", run(Undisturbed.class).out());
    }
}
