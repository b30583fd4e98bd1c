package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.almosttls.agent.AgentJvm.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** docs/agent.md: the commands for a JVM that runs do in their order what the page says. */
@Timeout(600)
class AttachPageIT {

    private static final Path PAGE = Path.of("..", "docs", "agent.md");
    private static final Pattern COMMAND =
            Pattern.compile("java -jar almost-tls-agent\\.jar (ps|(attach|status|set|detach) 4711.*)");

    @TempDir
    private Path folder;

    static boolean runs(String command) {
        return COMMAND.matcher(command).matches();
    }

    @Test
    void theCommandsOfThePageAreDoneInTheirOrder() throws Exception {
        List<String> commands =
                Files.readAllLines(PAGE).stream().filter(AttachPageIT::runs).toList();
        assertEquals(7, commands.size());
        Files.copy(AgentJvm.JAR, folder.resolve("almost-tls-agent.jar"));
        try (Target target = Target.start(folder)) {
            for (String command : commands) run(command, target);
            assertEquals("SunJSSE", target.ask("context:TLS"));
        }
    }

    private void run(String command, Target target) throws Exception {
        String pid = Long.toString(target.pid());
        String log = folder.resolve("tls-%p.jsonl").toString();
        String[] words = Stream.of(command.replace("4711", pid)
                        .replace("tls-%p.jsonl", log)
                        .replace("keys.txt", folder.resolve("keys.txt").toString())
                        .split(" "))
                .skip(1)
                .toArray(String[]::new);
        Outcome outcome = new AgentJvm().in(folder).with(words).run();
        assertEquals(0, outcome.exitCode(), outcome::toString);
        assertEquals(List.of(), outcome.err(), outcome::toString);
        if (command.endsWith(" ps")) assertListed(outcome, pid);
    }

    private static void assertListed(Outcome outcome, String pid) {
        assertTrue(
                outcome.out().stream()
                        .anyMatch(line ->
                                line.matches(pid + " +- +\\S+ +SunJSSE +org\\.almosttls\\.agent\\.ProbeApp\\$Waiting")),
                outcome::toString);
    }
}
