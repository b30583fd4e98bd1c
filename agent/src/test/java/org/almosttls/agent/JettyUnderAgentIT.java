package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.almosttls.agent.AgentJvm.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jetty negotiates HTTP/2 with engines of ours as with the platform's, whichever class loader it lives in. Whole
 * connections are in the integration tests.
 */
class JettyUnderAgentIT {

    /** The agent answers by this name. */
    private static final String OURS = "SunJSSE";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"server", "client"})
    void jettyTakesEnginesOfOurs(String role) throws Exception {
        String question = "jetty:" + role + ":" + OURS;
        Outcome outcome = jvm().agent("").ask("contextByName:" + OURS, question);
        assertEquals("AlmostTLS", outcome.answer("contextByName:" + OURS));
        assertEquals("true", outcome.answer(question));
        assertEquals(List.of(), ours(outcome));
    }

    @ParameterizedTest
    @ValueSource(strings = {"server", "client"})
    void jettyRefusesEnginesOfOthersAsWithoutTheAgent(String role) throws Exception {
        int next = Security.getProviders().length + 1;
        Path security = Files.writeString(
                folder.resolve("more.security"),
                "security.provider." + next + "=org.bouncycastle.jce.provider.BouncyCastleProvider\n"
                        + "security.provider." + (next + 1)
                        + "=org.bouncycastle.jsse.provider.BouncyCastleJsseProvider\n");
        String question = "jetty:" + role + ":BCJSSE";
        Outcome outcome = jvm().with("-Djava.security.properties=" + security)
                .agent("")
                .alsoOnClassPath(AgentJvm.libraries("bc"))
                .ask(question);
        assertEquals("false", outcome.answer(question));
    }

    @Test
    void aFailureInTheBridgeIsSwallowed() throws Exception {
        String question = "jetty:server:" + OURS;
        Outcome outcome = jvm().agent("").ask("breakEngines", question);
        assertEquals("false", outcome.answer(question));
    }

    @Test
    void aLoaderThatHidesTheBridgeIsBorne() throws Exception {
        String question = "jetty:server:" + OURS + ":osgi";
        Outcome outcome = jvm().agent("").ask(question);
        assertEquals("false", outcome.answer(question));
        assertEquals(List.of(), ours(outcome));
    }

    private static AgentJvm jvm() {
        String jars = Stream.of("jetty-", "slf4j-")
                .flatMap(prefix -> AgentJvm.libraries(prefix).stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        return new AgentJvm().with("-Djetty.jars=" + jars);
    }

    /** SLF4J has its own. */
    private static List<String> ours(Outcome outcome) {
        return outcome.err().stream()
                .filter(line -> line.startsWith("AlmostTLS"))
                .toList();
    }
}
