package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.almosttls.agent.AgentJvm.Outcome;
import org.almosttls.agent.Target.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ps} tells whose TLS a JVM has, and loads nothing into it for that. */
@Timeout(300)
class PsIT {

    private static final String MAIN = "org.almosttls.agent.ProbeApp$Waiting";

    @TempDir
    private Path folder;

    /** Its words on that JVM, behind the number. */
    static String row(Target target) throws Exception {
        Outcome outcome =
                new AgentJvm().with("-jar", AgentJvm.JAR.toString(), "ps").run();
        assertEquals(0, outcome.exitCode(), outcome::toString);
        assertEquals(List.of(), outcome.err(), outcome::toString);
        return outcome.out().stream()
                .filter(line -> line.startsWith(target.pid() + " "))
                .map(line -> line.replaceAll(" +", " ").substring(line.indexOf(' ') + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(outcome));
    }

    private static void assertRow(String mode, String providers, Target target) throws Exception {
        assertEquals(mode + " " + System.getProperty("java.version") + " " + providers + " " + MAIN, row(target));
    }

    /** With Bouncy Castle's TLS before the platform's, by a file of its own. */
    private Target withBouncyCastle() throws Exception {
        Path more = Files.writeString(
                folder.resolve("more.security"),
                "security.provider.1=org.bouncycastle.jsse.provider.BouncyCastleJsseProvider\nsecurity.provider.2=SunJSSE\n"
                        + "security.provider.3=SUN\nsecurity.provider.4=SunEC\nsecurity.provider.5=SunJCE\n");
        String classes = Stream.concat(Stream.of(Path.of("target", "test-classes")), AgentJvm.libraries("bc").stream())
                .map(Path::toString)
                .collect(Collectors.joining(":"));
        List<String> java = new ArrayList<>(AgentJvm.java());
        java.add("-Djava.security.properties=" + more);
        return Target.start(folder, Path.of(classes), java);
    }

    private static void told(Target target, Verb verb, String words) throws Exception {
        Target.Answer answer = target.tell(verb, words);
        assertTrue(answer.done(), answer::toString);
    }

    @Test
    void theProvidersAreThoseThatAreConfiguredAndThenThoseThatAreThere() throws Exception {
        try (Target target = withBouncyCastle()) {
            assertRow("-", "BCJSSE,SunJSSE", target);
            told(target, Verb.ATTACH, "");
            assertRow("install", "BCJSSE,AlmostTLS,SunJSSE", target);
            assertEquals("1", target.ask("insertFirst:SunJSSE"));
            assertEquals("AlmostTLS", target.ask("context:TLS"));
            assertRow("install", "AlmostTLS,SunJSSE,BCJSSE", target);
            told(target, Verb.DETACH, "");
            told(target, Verb.ATTACH, "mode=observe");
            assertEquals("BCJSSE", target.ask("contextByName:BCJSSE"));
            assertRow("observe", "BCJSSE", target);
        }
    }
}
