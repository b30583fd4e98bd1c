package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.agent.AgentJvm.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A JVM of another user's lets that user attach, and not even root. */
@Timeout(300)
class AttachOtherUserIT {

    /** Words before a command that is to run as {@code nobody}. */
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups");

    @TempDir
    private static Path folder;

    private static Path jar;

    @BeforeAll
    static void share() throws Exception {
        Peers.require(System.getProperty("user.name").equals("root"), "root, who can start a JVM as another user");
        Peers.require(AS_NOBODY.get(0));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        jar = Files.copy(AgentJvm.JAR, folder.resolve("almost-tls-agent.jar"));
        Path own = Path.of("org", "almosttls", "agent");
        Path classes = Files.createDirectories(folder.resolve(own));
        try (Stream<Path> all = Files.list(Path.of("target", "test-classes").resolve(own))) {
            for (Path each : all.filter(file -> file.getFileName().toString().startsWith("ProbeApp"))
                    .toList()) Files.copy(each, classes.resolve(each.getFileName()));
        }
    }

    private static Target ofNobody() throws IOException {
        Target target = Target.start(
                folder,
                folder,
                Stream.concat(AS_NOBODY.stream(), AgentJvm.java().stream()).toList());
        // A JVM of ours that had this number, and was killed while it could be attached to, leaves a file that nobody
        // may touch.
        Files.deleteIfExists(Path.of("/tmp/.java_pid" + target.pid()));
        return target;
    }

    private static Outcome command(AgentJvm java, String word, Target target) throws Exception {
        return java.with("-jar", jar.toString(), word, Long.toString(target.pid()))
                .run();
    }

    @Test
    void anotherIsRefusedAndToldWhomToBecome() throws Exception {
        try (Target target = ofNobody()) {
            Outcome outcome = command(new AgentJvm(), "attach", target);
            assertEquals(1, outcome.exitCode(), outcome::toString);
            assertEquals(1, outcome.err().size(), outcome::toString);
            assertTrue(outcome.err().get(0).contains("it belongs to another user, nobody"), outcome::toString);
            assertTrue(outcome.err().get(0).contains("sudo -u nobody java -jar"), outcome::toString);
            assertEquals("SunJSSE", target.ask("context:TLS"));
        }
    }

    @Test
    void whoBecomesThatUserAttaches() throws Exception {
        try (Target target = ofNobody()) {
            Outcome outcome = command(new AgentJvm().in(folder).by(AS_NOBODY), "attach", target);
            assertEquals(0, outcome.exitCode(), outcome::toString);
            assertEquals("AlmostTLS", target.ask("context:TLS"));
        }
    }
}
