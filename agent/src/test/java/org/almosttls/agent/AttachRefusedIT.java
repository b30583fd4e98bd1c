package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.almosttls.agent.AgentJvm.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where nobody can attach, one line says why and what to do, and nothing is sent to whom it may harm. */
@Timeout(300)
class AttachRefusedIT {

    @TempDir
    private Path folder;

    private static void assertRefused(Outcome outcome, String why) {
        assertEquals(1, outcome.exitCode(), outcome::toString);
        assertEquals(1, outcome.err().size(), outcome::toString);
        assertTrue(outcome.err().get(0).contains(why), outcome::toString);
    }

    private static Outcome status(long pid) throws Exception {
        return new AgentJvm()
                .with("-jar", AgentJvm.JAR.toString(), "status", Long.toString(pid))
                .run();
    }

    @Test
    void aJvmThatLetsNobodyAttach() throws Exception {
        try (Target target = Target.start(folder, "-XX:+DisableAttachMechanism")) {
            assertRefused(target.command("attach"), "-XX:+DisableAttachMechanism");
            assertEquals("world", target.ask("hello"));
        }
    }

    @Test
    void aJvmThatLetsNoAgentIn() throws Exception {
        try (Target target = Target.start(folder, "-XX:-EnableDynamicAgentLoading")) {
            assertRefused(target.command("attach"), "-XX:-EnableDynamicAgentLoading");
            assertEquals("SunJSSE", target.ask("context:TLS"));
        }
    }

    @Test
    void aJvmThatIsStopped() throws Exception {
        try (Target target = Target.start(folder)) {
            signal("-STOP", target.pid());
            try {
                assertRefused(target.command("status"), "it is stopped");
                String row = PsIT.row(target);
                assertTrue(row.startsWith("? ? ? org.almosttls.agent.ProbeApp$Waiting (it is stopped"), row);
            } finally {
                signal("-CONT", target.pid());
            }
            assertEquals("world", target.ask("hello"));
        }
    }

    private static void signal(String which, long pid) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("kill", which, Long.toString(pid))
                        .inheritIO()
                        .start()
                        .waitFor());
    }

    @Test
    void whatIsNoJvmStaysAlive() throws Exception {
        Process other = new ProcessBuilder("sleep", "600").start();
        try {
            assertRefused(status(other.pid()), "that is no JVM but sleep");
            assertTrue(other.isAlive());
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void aProcessThatHasEnded() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        assertRefused(status(ended.pid()), "there is no such process");
    }

    @Test
    void aJavaWithoutTheModule() throws Exception {
        try (Target target = Target.start(folder)) {
            AgentJvm small = new AgentJvm().with("--limit-modules", "java.base,java.instrument,java.logging,java.sql");
            assertRefused(target.command(small, "status"), "this Java has no module jdk.attach");
        }
    }

    @Test
    void aPidThatIsNoNumber() throws Exception {
        Outcome outcome = new AgentJvm()
                .with("-jar", AgentJvm.JAR.toString(), "status", "nobody")
                .run();
        assertEquals(2, outcome.exitCode(), outcome::toString);
        assertTrue(outcome.err().get(0).contains("nobody"), outcome::toString);
    }
}
