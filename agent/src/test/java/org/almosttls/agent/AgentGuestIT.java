package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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

    /** What the agent may be there for; with each an application's own TLS is told once. */
    private static final String OBSERVE = "mode=observe";

    private static final String UPGRADE = "upgrade=strict,upgrade.ports=1024-65535";

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
    @CsvSource(
            delimiter = '|',
            value = {
                "opentelemetry-javaagent.jar | true | mode=install",
                "opentelemetry-javaagent.jar | false | mode=install",
                "opentelemetry-javaagent.jar | true | " + OBSERVE,
                "opentelemetry-javaagent.jar | false | " + OBSERVE,
                "opentelemetry-javaagent.jar | true | " + UPGRADE,
                "org.jacoco.agent-runtime.jar | true | mode=install",
                "org.jacoco.agent-runtime.jar | false | mode=install",
                "org.jacoco.agent-runtime.jar | true | " + OBSERVE,
                "org.jacoco.agent-runtime.jar | false | " + UPGRADE
            })
    void besideAnotherAgentInEitherOrder(String other, boolean first, String options) throws Exception {
        String theirs = "-javaagent:" + OTHERS.resolve(other);
        String ours = "-javaagent:" + AgentJvm.JAR + "=" + options;
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

    @ParameterizedTest
    @ValueSource(strings = {"mode=install", OBSERVE, UPGRADE})
    void underADebuggerThatStopsItAndGoesThroughItLineByLine(String options) throws Exception {
        String agent = "-javaagent:" + AgentJvm.JAR + "=" + options;
        List<String> words = Stream.concat(Stream.of(server.trustOptions()), Stream.of(agent))
                .toList();
        String[] methods = {"sample.urlclient.Main fetch", "javax.net.ssl.SSLContext getInstance"};
        try (var debugged = Debugged.start(words, CLIENT + " " + server.address())) {
            Outcome outcome = debugged.run(methods);
            assertEquals(0, outcome.exitCode(), outcome::toString);
            assertTrue(outcome.out().contains(HttpsPage.TEXT), outcome::toString);
            assertOneSession(outcome);
            assertEquals(Set.of(methods), debugged.stops());
            assertTrue(debugged.lines() > 5, () -> debugged.lines() + " lines");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", OBSERVE, UPGRADE})
    @EnabledForJreRange(max = JRE.JAVA_23)
    void whereASecurityManagerMayBeSet(String options) throws Exception {
        assertOneSession(fetch(jvm().with("-Djava.security.manager=allow").agent(options), CLIENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"log=stderr", "log=%p.jsonl", OBSERVE + ",log=%p.jsonl", UPGRADE + ",log=stderr"})
    @EnabledForJreRange(max = JRE.JAVA_23)
    void underASecurityManagerThatAllowsTheApplicationNoMoreThanWithoutUs(String options) throws Exception {
        Path place = Files.createTempDirectory(folder, "policy");
        Path policy = Files.writeString(place.resolve("client.policy"), POLICY.formatted(CLIENT, AgentJvm.JAR));
        String[] manager = {"-Djava.security.manager", "-Djava.security.policy==" + policy};
        Outcome without = fetch(jvm().with(manager), CLIENT);
        Outcome with = fetch(jvm().in(place).with(manager).agent(options), CLIENT);
        assertEquals(without.out(), with.out());
        if (options.contains("stderr")) assertOneSession(with);
        assertEquals(options.contains("stderr") ? 0 : 1, linesIn(place), with::toString);
    }

    /** Of the logs there. */
    private static int linesIn(Path place) throws IOException {
        int lines = 0;
        try (var logs = Files.newDirectoryStream(place, "*.jsonl")) {
            for (Path log : logs) lines += Files.readAllLines(log).size();
        }
        return lines;
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
        for (String options : List.of("", OBSERVE, UPGRADE))
            assertOneSession(
                    fetch(jvm().with("-XX:SharedArchiveFile=" + archive).agent(options), CLIENT));
    }

    /** Asked where lines have been written, by a thread that is there for them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"mode=install | AlmostTLS", OBSERVE + " | SunJSSE", "upgrade=permissive,upgrade.ports= | AlmostTLS"
            })
    void noThreadOfOursKeepsAJvmAlive(String options, String stack) throws Exception {
        try (var echo = new EchoServer(folder.resolve("page.p12"))) {
            boolean upgrades = options.startsWith("upgrade");
            String open = "open:" + echo.port();
            String plain = (upgrades ? "plain:" : "hello:") + echo.port();
            Outcome outcome = jvm().agent(upgrades ? options + echo.port() : options)
                    .ask(open, "echo:line", "leave", plain, "threadsNamed:AlmostTLS session", "threads");
            assertEquals(stack, outcome.answer(open));
            assertEquals(upgrades ? "plain" : "world", outcome.answer(plain));
            assertEquals("AlmostTLS session log", outcome.answer("threadsNamed:AlmostTLS session"));
            assertEquals("main", outcome.answer("threads"));
        }
    }
}
