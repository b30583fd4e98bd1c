package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sample.testkit.ChildJvm;
import sample.testkit.SampleApp;
import sample.testkit.SampleApp.Server;
import sample.testkit.SessionJson;
import sample.testkit.ThrowAwayKeys;

/** The sample applications with the TLS of the platform, which is watched: they say what they say without us. */
@Timeout(300)
class SamplesObservedIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern SESSION = Pattern.compile("^\\{.*}$");
    private static final List<String> AGENT =
            List.of("-javaagent:" + AgentJvm.JAR + "=mode=observe,log=stderr,format=json");

    @TempDir
    private static Path folder;

    private static ThrowAwayKeys keys;

    @BeforeAll
    static void makeKeys() {
        keys = ThrowAwayKeys.in(folder);
    }

    private static List<String> trusting() {
        List<String> arguments = new ArrayList<>(AGENT);
        arguments.addAll(keys.trustArguments());
        return arguments;
    }

    private static ChildJvm ended(ChildJvm jvm) {
        assertEquals(0, jvm.waitFor(PATIENCE), () -> jvm.stdout() + jvm.stderr());
        return jvm;
    }

    private static void assertWatched(String role, SessionJson session) {
        assertEquals("SunJSSE", session.at("almosttls.provider"));
        assertEquals(role, session.at("almosttls.role"));
        assertEquals("1.3", session.at("tls.protocol.version"));
        assertEquals("true", session.at("tls.established"));
    }

    private static SessionJson next(ChildJvm jvm) {
        return SessionJson.parse(jvm.awaitErrorLine(SESSION, PATIENCE).group());
    }

    private static SessionJson only(ChildJvm jvm) {
        List<String> lines = jvm.stderr().lines().toList();
        assertEquals(1, lines.size(), jvm::stderr);
        return SessionJson.parse(lines.get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "https-server, url-client",
        "https-server, http-client",
        "https-server, nio-client",
        "jetty-site, nio-client"
    })
    void aPageIsFetchedAsWithoutUs(String site, String client) {
        try (Server server = SampleApp.httpsServer(site, AGENT, keys.serverEc())) {
            String page = server.address().toString();
            ChildJvm alone = ended(SampleApp.start(keys.trustArguments(), client, page));
            assertWatched("server", next(server.jvm()));
            ChildJvm watched = ended(SampleApp.start(trusting(), client, page));
            assertEquals(undated(alone), undated(watched));
            assertWatched("client", only(watched));
            assertWatched("server", next(server.jvm()));
        }
    }

    private static List<String> undated(ChildJvm client) {
        return client.stdout()
                .lines()
                .filter(line -> !line.startsWith("Date: "))
                .toList();
    }

    @Test
    void aChatIsHeardByNobodyElse() {
        try (Server host = SampleApp.chatServer(AGENT, keys.serverEc())) {
            String port = Integer.toString(host.port());
            ChildJvm guest = SampleApp.start(trusting(), "line-chat", "client", "localhost", port, "--name", "Bob");
            guest.awaitLine(Pattern.compile("^\\* Bob is here$"), PATIENCE);
            guest.stdin().println("hello");
            guest.awaitLine(Pattern.compile("^Bob: hello$"), PATIENCE);
            guest.stdin().close();
            assertWatched("client", only(ended(guest)));
            assertWatched("server", next(host.jvm()));
        }
    }

    @Test
    void opensslVisitsAServerThatIsWatched() throws Exception {
        Peers.require("openssl");
        try (Server server = SampleApp.httpsServer(AGENT, keys.serverEc())) {
            String visit = "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | openssl s_client -ign_eof -connect localhost:";
            String said = Peers.shell(folder, visit + server.port() + " 2>&1 || true");
            assertTrue(said.contains("HTTP/1.1 200 OK"), said);
            assertWatched("server", next(server.jvm()));
        }
    }
}
