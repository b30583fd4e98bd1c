package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.almosttls.agent.Target.Answer;
import org.almosttls.agent.Target.Ending;
import org.almosttls.agent.Target.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A log that takes nothing costs the application nothing, and what it lost is counted. */
@Timeout(300)
class LogFailsIT {

    /** Opens the pipe as its stderr, fills it until it takes no more, and goes on as what follows. */
    private static final String FULL =
            "exec 2<>\"$0\"; dd if=/dev/zero of=\"$0\" bs=4096 oflag=nonblock 2>/dev/null; exec \"$@\"";

    @TempDir
    private Path folder;

    private static void session(Target target, EchoServer server) throws Exception {
        assertEquals("AlmostTLS", target.ask("open:" + server.port()));
        assertEquals("line", target.ask("echo:line"));
        assertEquals("left", target.ask("leave"));
    }

    private static String figures(Target target) throws Exception {
        Answer status = target.tell(Verb.STATUS, "");
        return status.lines().stream()
                .filter(line -> line.startsWith("sessions"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(status));
    }

    private static void awaitFigures(Target target, String wanted) throws Exception {
        while (!figures(target).endsWith(wanted)) Thread.onSpinWait();
    }

    @Test
    void onAFullDiskSessionsAreLostAndTheNextFileSaysHowMany() throws Exception {
        Peers.require(Files.isWritable(Path.of("/dev/full")), "a /dev/full");
        Path log = folder.resolve("log.jsonl");
        try (HttpsPage page = new HttpsPage(folder);
                EchoServer server = new EchoServer(folder.resolve("page.p12"));
                Target target = Target.start(folder, page.trustOptions())) {
            assertTrue(target.tell(Verb.ATTACH, "log=/dev/full").done());
            session(target, server);
            session(target, server);
            awaitFigures(target, "0 told, 2 lost, 0 open");
            assertTrue(target.tell(Verb.SET, "log=" + log).done());
            session(target, server);
            awaitFigures(target, "1 told, 2 lost, 0 open");
            assertEquals(
                    1,
                    target.err().stream()
                            .filter(line -> line.contains("the session log cannot be written"))
                            .count());
        }
        List<String> lines = Files.readAllLines(log);
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.get(0).contains("\"lost_before\":2,"), lines::toString);
    }

    private static Path pipeIn(Path folder) throws Exception {
        Path pipe = folder.resolve("pipe");
        Peers.require("mkfifo");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        return pipe;
    }

    /** With {@code stderr} its stderr is that pipe, as full as a pipe can be; else the log is, and nobody opens it. */
    @ParameterizedTest
    @CsvSource({
        "mode=install, file, RETURN, 0",
        "mode=observe, file, EXIT, 3",
        "mode=install, file, SIGTERM, 143",
        "mode=observe, stderr, RETURN, 0",
        "mode=install, stderr, EXIT, 3",
        "mode=observe, stderr, SIGTERM, 143"
    })
    void aLogThatNobodyReadsKeepsNoJvmFromItsEnd(String mode, String log, Ending how, int code) throws Exception {
        Path pipe = pipeIn(folder);
        boolean full = log.equals("stderr");
        try (HttpsPage page = new HttpsPage(folder);
                EchoServer server = new EchoServer(folder.resolve("page.p12"))) {
            List<String> command = new ArrayList<>(full ? List.of("sh", "-c", FULL, pipe.toString()) : List.of());
            command.addAll(AgentJvm.java());
            command.addAll(List.of(page.trustOptions()));
            // Or newer JVMs wait for their own stderr, to warn of who asks for the figures.
            command.add("-XX:+EnableDynamicAgentLoading");
            command.add("-javaagent:" + AgentJvm.JAR + "=" + mode + ",log=" + (full ? log : pipe));
            try (Target target = Target.start(folder, command)) {
                target.ask("open:" + server.port());
                assertEquals("line", target.ask("echo:line"));
                assertEquals("left", target.ask("leave"));
                // One that is open at its end has to be told as well.
                target.ask("open:" + server.port());
                assertTrue(figures(target).endsWith("0 told, 0 lost, 1 open"));
                assertEquals(code, target.end(how));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"mode=install, AlmostTLS", "mode=observe, SunJSSE"})
    void aFolderThatIsGoneBeforeTheFirstLineIsOneClearLine(String mode, String stack) throws Exception {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Path log = logs.resolve("log.jsonl");
        try (HttpsPage page = new HttpsPage(folder);
                EchoServer server = new EchoServer(folder.resolve("page.p12"));
                Target target = Target.start(folder, page.trustOptions())) {
            assertTrue(target.tell(Verb.ATTACH, mode + ",log=" + log).done());
            Files.delete(log);
            Files.delete(logs);
            for (int i = 0; i < 2; i++) {
                assertEquals(stack, target.ask("open:" + server.port()));
                assertEquals("line", target.ask("echo:line"));
                assertEquals("left", target.ask("leave"));
            }
            assertEquals(0, target.end(Ending.RETURN));
            assertEquals(1, target.err().size(), target.err()::toString);
            String said = target.err().get(0);
            assertTrue(said.contains(log + ": cannot be written: its folder does not exist"), said);
        }
    }

    @Test
    void aPipeThatNobodyReadsHoldsNobodyUp() throws Exception {
        Path pipe = pipeIn(folder);
        try (HttpsPage page = new HttpsPage(folder);
                EchoServer server = new EchoServer(folder.resolve("page.p12"));
                Target target = Target.start(folder, page.trustOptions())) {
            assertTrue(target.tell(Verb.ATTACH, "log=" + pipe).done());
            session(target, server);
            session(target, server);
            assertTrue(figures(target).endsWith("0 told, 0 lost, 0 open"));
            assertTrue(target.tell(Verb.DETACH, "").done());
            assertEquals("SunJSSE", target.ask("open:" + server.port()));
        }
    }
}
