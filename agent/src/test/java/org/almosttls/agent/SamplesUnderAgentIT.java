package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sample.testkit.ChildJvm;
import sample.testkit.SampleApp;
import sample.testkit.SampleApp.Server;
import sample.testkit.SessionJson;
import sample.testkit.ThrowAwayKeys;

/** The sample applications as they are, in JVMs of their own: under the agent, and against others that are not. */
@Timeout(300)
class SamplesUnderAgentIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern SESSION = Pattern.compile("^\\{.*}$");
    private static final List<String> AGENT = List.of("-javaagent:" + AgentJvm.JAR + "=log=stderr,format=json");

    @TempDir
    private static Path folder;

    private static ThrowAwayKeys keys;
    private static Server underAgent;
    private static Server stock;

    @BeforeAll
    static void start() {
        keys = ThrowAwayKeys.in(folder);
        underAgent = SampleApp.httpsServer(AGENT, keys.serverEc());
        stock = SampleApp.httpsServer(List.of(), keys.serverRsa());
    }

    @AfterAll
    static void stop() {
        underAgent.close();
        stock.close();
    }

    private static List<String> trustingUnderAgent() {
        List<String> arguments = new ArrayList<>(AGENT);
        arguments.addAll(keys.trustArguments());
        return arguments;
    }

    private static ChildJvm ended(ChildJvm jvm, int exitCode) {
        assertEquals(exitCode, jvm.waitFor(PATIENCE), () -> jvm.stdout() + jvm.stderr());
        return jvm;
    }

    /** Of sessions between two ends of ours. */
    private static void assertPostQuantum(SessionJson session) {
        assertEquals("X25519MLKEM768", session.at("tls.curve"));
        assertEquals("true", session.at("almosttls.post_quantum"));
    }

    /** The only line of its log, and the only line on its stderr. */
    private static SessionJson onlySession(ChildJvm jvm) {
        List<String> lines = jvm.stderr().lines().toList();
        assertEquals(1, lines.size(), jvm::stderr);
        return SessionJson.parse(lines.get(0));
    }

    private static SessionJson nextSession(Server server) {
        return SessionJson.parse(server.jvm().awaitErrorLine(SESSION, PATIENCE).group());
    }

    private static void assertOurs(String role, SessionJson session) {
        assertEquals("AlmostTLS", session.at("almosttls.provider"));
        assertEquals(role, session.at("almosttls.role"));
        assertEquals("1.3", session.at("tls.protocol.version"));
        assertEquals("true", session.at("tls.established"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"url-client", "http-client", "nio-client"})
    void aClientUnderTheAgentFetchesAPageFromAServerUnderTheAgent(String sample) {
        ChildJvm client = ended(
                SampleApp.start(
                        trustingUnderAgent(), sample, underAgent.address().toString()),
                0);
        assertTrue(client.stdout().contains("protocol TLSv1.3\n"), client.stdout());
        SessionJson seenByClient = onlySession(client);
        SessionJson seenByServer = nextSession(underAgent);
        assertOurs("client", seenByClient);
        assertOurs("server", seenByServer);
        assertEquals(seenByClient.at("tls.cipher"), seenByServer.at("tls.cipher"));
        assertPostQuantum(seenByClient);
        assertPostQuantum(seenByServer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"url-client", "http-client", "nio-client"})
    void aClientUnderTheAgentFetchesAPageFromAServerWithThePlatformsTls(String sample) {
        ChildJvm client = ended(
                SampleApp.start(trustingUnderAgent(), sample, stock.address().toString()), 0);
        assertTrue(client.stdout().contains("protocol TLSv1.3\n"), client.stdout());
        assertOurs("client", onlySession(client));
    }

    @ParameterizedTest
    @ValueSource(strings = {"url-client", "http-client", "nio-client"})
    void aClientWithThePlatformsTlsFetchesAPageFromAServerUnderTheAgent(String sample) {
        ChildJvm client = ended(
                SampleApp.start(
                        keys.trustArguments(), sample, underAgent.address().toString()),
                0);
        assertTrue(client.stdout().contains("protocol TLSv1.3\n"), client.stdout());
        assertOurs("server", nextSession(underAgent));
    }

    @ParameterizedTest
    @ValueSource(strings = {"url-client", "http-client"})
    void aMillionBytesArriveAsTheyWere(String sample) {
        String page = underAgent.address().resolve("/big?bytes=1000000").toString();
        String said =
                ended(SampleApp.start(trustingUnderAgent(), sample, page), 0).stdout();
        String alphabets = "abcdefghijklmnopqrstuvwxyz".repeat(40_000).substring(0, 1_000_000);
        assertTrue(said.endsWith("\n\n" + alphabets + "\n") || said.endsWith("\n\n" + alphabets), "not the million");
        assertOurs("server", nextSession(underAgent));
    }

    @Test
    void aClientThatDoesNotTrustTheServerRefusesAndBothEndsKnowWhy() {
        ChildJvm client =
                ended(SampleApp.start(AGENT, "url-client", underAgent.address().toString()), 1);
        assertTrue(client.stderr().contains("PKIX path building failed"), client.stderr());
        SessionJson seenByClient = SessionJson.parse(client.stderr()
                .lines()
                .filter(SESSION.asPredicate())
                .findFirst()
                .orElseThrow());
        SessionJson seenByServer = nextSession(underAgent);
        assertEquals("failure", seenByClient.at("event.outcome"));
        assertEquals("CERTIFICATE_UNTRUSTED", seenByClient.at("almosttls.diagnosis.code"));
        assertEquals("failure", seenByServer.at("event.outcome"));
        assertEquals("RECEIVED_UNKNOWN_CA", seenByServer.at("almosttls.diagnosis.code"));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true"})
    void aChatIsHeldWhoeverIsUnderTheAgent(boolean hostUnderAgent, boolean guestUnderAgent) {
        List<String> forHost = hostUnderAgent ? AGENT : List.of();
        List<String> forGuest = guestUnderAgent ? trustingUnderAgent() : keys.trustArguments();
        try (Server host = SampleApp.chatServer(forHost, keys.serverEc())) {
            String port = Integer.toString(host.port());
            ChildJvm guest = SampleApp.start(forGuest, "line-chat", "client", "localhost", port, "--name", "Bob");
            guest.awaitLine(Pattern.compile("^\\* Bob is here$"), PATIENCE);
            guest.stdin().println("hello");
            guest.awaitLine(Pattern.compile("^Bob: hello$"), PATIENCE);
            guest.stdin().close();
            ended(guest, 0);
            if (guestUnderAgent) assertOurs("client", onlySession(guest));
            if (hostUnderAgent) assertEquals("server", nextSession(host).at("almosttls.role"));
        }
    }
}
