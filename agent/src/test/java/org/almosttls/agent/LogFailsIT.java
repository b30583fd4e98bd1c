package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almosttls.agent.Target.Answer;
import org.almosttls.agent.Target.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log that takes nothing costs the application nothing, and what it lost is counted. */
@Timeout(300)
class LogFailsIT {

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
        assumeTrue(Files.isWritable(Path.of("/dev/full")));
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

    @Test
    void aPipeThatNobodyReadsHoldsNobodyUp() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
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
