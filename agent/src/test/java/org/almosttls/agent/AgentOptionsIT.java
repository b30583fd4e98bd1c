package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almosttls.agent.AgentJvm.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the agent does with its options, seen from outside. */
class AgentOptionsIT {

    private static final String LIST = "java -javaagent:almost-tls-agent.jar=";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "colour=red, unknown word \"colour\" in the agent's options",
        "mode=watch, bad value \"watch\" for mode in the agent's options",
        "log=/proc/nowhere/tls.jsonl, cannot write to \"/proc/nowhere/tls.jsonl\"",
        "config=/proc/nowhere.properties, cannot read \"/proc/nowhere.properties\""
    })
    void aMistakeIsOneLineAndTheApplicationRunsWithoutUs(String options, String complaint) throws Exception {
        Outcome outcome = new AgentJvm().agent(options).ask("hello", "context:TLS");
        assertEquals("SunJSSE", outcome.answer("context:TLS"));
        assertEquals(1, outcome.err().size(), outcome::toString);
        assertTrue(outcome.err().get(0).startsWith("AlmostTLS: " + complaint), outcome::toString);
        assertTrue(outcome.err().get(0).endsWith("; the application starts without AlmostTLS"), outcome::toString);
    }

    @Test
    void modeOffIsSilentAndLeavesTheApplicationItsTls() throws Exception {
        Outcome outcome = new AgentJvm().agent("mode=off").ask("default", "context:TLS");
        assertEquals("SunJSSE", outcome.answer("default"));
        assertEquals("SunJSSE", outcome.answer("context:TLS"));
        assertEquals(List.of(), outcome.err());
    }

    @Test
    void whoAsksForCompressionIsToldOnceWhatItCanCost() throws Exception {
        Outcome outcome = new AgentJvm().agent("compression=true").ask("context:TLS", "default");
        assertEquals("AlmostTLS", outcome.answer("context:TLS"));
        assertEquals(1, outcome.err().size(), outcome::toString);
        assertTrue(outcome.err().get(0).contains("CRIME"), outcome::toString);
    }

    @Test
    void helpIsPrintedAndTheApplicationRuns() throws Exception {
        Outcome outcome = new AgentJvm().agent("help").ask("hello");
        assertEquals("world", outcome.answer("hello"));
        assertTrue(outcome.err().get(0).startsWith(LIST), outcome::toString);
    }

    @ParameterizedTest
    @CsvSource({"help", "--help"})
    void theJarByItselfPrintsCommandsAndOptions(String word) throws Exception {
        Outcome outcome =
                new AgentJvm().with("-jar", AgentJvm.JAR.toString(), word).run();
        assertEquals(0, outcome.exitCode(), outcome::toString);
        assertTrue(outcome.out().stream().anyMatch(line -> line.startsWith("  demo ")), outcome::toString);
        assertTrue(outcome.out().stream().anyMatch(line -> line.startsWith(LIST)), outcome::toString);
        assertTrue(outcome.out().stream().anyMatch(line -> line.contains("%p pid, %t time")), outcome::toString);
    }

    @Test
    void theJarByItselfKnowsItsVersion() throws Exception {
        Outcome outcome = new AgentJvm()
                .with("-jar", AgentJvm.JAR.toString(), "--version")
                .run();
        assertEquals(1, outcome.out().size(), outcome::toString);
        assertTrue(outcome.out().get(0).matches("AlmostTLS \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?"), outcome::toString);
    }

    @Test
    void anUnknownSubcommandFailsAndSaysWhatThereIs() throws Exception {
        Outcome outcome =
                new AgentJvm().with("-jar", AgentJvm.JAR.toString(), "dance").run();
        assertEquals(2, outcome.exitCode());
        assertTrue(outcome.err().stream().anyMatch(line -> line.contains("dance")), outcome::toString);
    }

    @Test
    void theAgentsOptionWinsOverTheProperty() throws Exception {
        Outcome outcome =
                new AgentJvm().with("-Dalmosttls.mode=wrong").agent("mode=off").ask("default");
        assertEquals("SunJSSE", outcome.answer("default"));
        assertEquals(List.of(), outcome.err());
    }

    @Test
    void thePropertyWinsOverTheEnvironment() throws Exception {
        Outcome outcome = new AgentJvm()
                .with("-Dalmosttls.mode=off")
                .environment("ALMOSTTLS_MODE", "wrong")
                .agent("")
                .ask("default");
        assertEquals(List.of(), outcome.err());
    }

    @Test
    void theEnvironmentWinsOverTheFile() throws Exception {
        Path config = Files.writeString(folder.resolve("agent.properties"), "mode=wrong\n");
        Outcome outcome = new AgentJvm()
                .environment("ALMOSTTLS_MODE", "off")
                .agent("config=" + config)
                .ask("default");
        assertEquals(List.of(), outcome.err());
    }

    @Test
    void theFileIsHeard() throws Exception {
        Path config = Files.writeString(folder.resolve("agent.properties"), "mode=off\n");
        Outcome outcome = new AgentJvm().agent("config=" + config).ask("default");
        assertEquals("SunJSSE", outcome.answer("default"));
        assertEquals(List.of(), outcome.err());
    }
}
