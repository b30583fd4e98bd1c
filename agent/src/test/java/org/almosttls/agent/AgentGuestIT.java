package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.agent.AgentJvm.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In JVMs with other guests, and in such as are kept on a short leash, an application fetches its page all the same. */
class AgentGuestIT {

    private static final Path CLIENT = Path.of("../sample-apps/url-client/target/url-client.jar")
            .toAbsolutePath()
            .normalize();

    private static final Path OTHERS = Path.of("target", "other-agents").toAbsolutePath();

    /** What a client needs without us, its page, and the line for our jar. */
    private static final String POLICY = """
            grant codeBase "file:%s" {
              permission java.net.SocketPermission "localhost", "connect,resolve";
              permission java.net.URLPermission "https://localhost:*/*", "GET:*";
              permission java.lang.RuntimePermission "exitVM.*";
            };
            grant codeBase "file:%s" {
              permission java.security.AllPermission;
            };
            """;

    @TempDir
    private static Path folder;

    private static HttpsPage server;

    @BeforeAll
    static void start() throws Exception {
        server = new HttpsPage(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static AgentJvm jvm() {
        return new AgentJvm().with(server.trust().split(" "));
    }

    private static Outcome fetch(AgentJvm jvm, Path client) throws Exception {
        Outcome outcome = jvm.with("-jar", client.toString(), server.address()).run();
        assertEquals(0, outcome.exitCode(), outcome::toString);
        assertTrue(outcome.out().contains(HttpsPage.TEXT), outcome::toString);
        return outcome;
    }

    private static void assertOneSession(Outcome outcome) {
        assertEquals(1, SessionLines.in(outcome.err()).size(), outcome::toString);
        assertEquals(
                List.of(),
                outcome.err().stream()
                        .filter(line -> line.startsWith("AlmostTLS: ") || line.contains("Exception"))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "opentelemetry-javaagent.jar, true",
        "opentelemetry-javaagent.jar, false",
        "org.jacoco.agent-runtime.jar, true",
        "org.jacoco.agent-runtime.jar, false"
    })
    void besideAnotherAgentInEitherOrder(String other, boolean first) throws Exception {
        String theirs = "-javaagent:" + OTHERS.resolve(other);
        String ours = "-javaagent:" + AgentJvm.JAR;
        AgentJvm jvm = jvm().in(folder)
                .with("-XX:TieredStopAtLevel=1")
                .with("-Dotel.traces.exporter=none", "-Dotel.metrics.exporter=none", "-Dotel.logs.exporter=none")
                .with(first ? theirs : ours, first ? ours : theirs);
        assertOneSession(fetch(jvm, CLIENT));
    }

    @Test
    void whatJacocoMeasuresItMeasures() throws Exception {
        Path measured = folder.resolve("measured.exec");
        Path other = OTHERS.resolve("org.jacoco.agent-runtime.jar");
        fetch(jvm().agent("").with("-javaagent:" + other + "=destfile=" + measured), CLIENT);
        assertTrue(new String(Files.readAllBytes(measured), "ISO-8859-1").contains("sample/urlclient/Main"));
    }

    @Test
    void underADebugger() throws Exception {
        AgentJvm jvm = jvm().with("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=localhost:0");
        assertOneSession(fetch(jvm.agent(""), CLIENT));
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_23)
    void whereASecurityManagerMayBeSet() throws Exception {
        assertOneSession(fetch(jvm().with("-Djava.security.manager=allow").agent(""), CLIENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"log=stderr", "log=%p.jsonl"})
    @EnabledForJreRange(max = JRE.JAVA_23)
    void underASecurityManagerThatAllowsTheApplicationNoMoreThanWithoutUs(String options) throws Exception {
        Path policy = Files.writeString(folder.resolve("client.policy"), POLICY.formatted(CLIENT, AgentJvm.JAR));
        String[] manager = {"-Djava.security.manager", "-Djava.security.policy==" + policy};
        Outcome without = fetch(jvm().with(manager), CLIENT);
        Outcome with = fetch(jvm().in(folder).with(manager).agent(options), CLIENT);
        assertEquals(without.out(), with.out());
        List<String> told = SessionLines.in(with.err());
        assertEquals(options.contains("stderr") ? 1 : 0, told.size(), with::toString);
        try (Stream<Path> files = Files.list(folder)) {
            long logs = files.filter(file -> file.toString().endsWith(".jsonl")).count();
            assertEquals(options.contains("stderr") ? 0 : 1, logs);
        }
    }

    @Test
    void inAFatJar() throws Exception {
        assertOneSession(fetch(jvm().agent(""), FatApp.jarIn(folder, CLIENT)));
    }

    @Test
    void withAnArchiveOfClassesThatWasMadeWithoutUs() throws Exception {
        Path archive = folder.resolve("client.jsa");
        fetch(jvm().with("-XX:ArchiveClassesAtExit=" + archive), CLIENT);
        assertTrue(Files.size(archive) > 0);
        assertOneSession(fetch(jvm().with("-XX:SharedArchiveFile=" + archive).agent(""), CLIENT));
    }

    @Test
    void noThreadOfOursKeepsAJvmAlive() throws Exception {
        assertEquals("main", new AgentJvm().agent("").ask("engine", "threads").answer("threads"));
    }
}
