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
import org.junit.jupiter.params.provider.ValueSource;
import sample.testkit.ChildJvm;
import sample.testkit.SampleApp;
import sample.testkit.SampleApp.Server;
import sample.testkit.SessionJson;
import sample.testkit.ThrowAwayKeys;

/** The sample applications as they are, both ends under the agent, which has them speak AlmostTLSv1. */
@Timeout(300)
class TextbookUnderAgentIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern SESSION = Pattern.compile("^\\{.*}$");
    private static final List<String> AGENT =
            List.of("-javaagent:" + AgentJvm.JAR + "=protocol=AlmostTLSv1,log=stderr,format=json");

    @TempDir
    private static Path folder;

    private static ThrowAwayKeys keys;
    private static Server server;

    @BeforeAll
    static void start() {
        keys = ThrowAwayKeys.in(folder);
        server = SampleApp.httpsServer(AGENT, keys.serverRsa());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<String> trusting() {
        List<String> arguments = new ArrayList<>(AGENT);
        arguments.addAll(keys.trustArguments());
        return arguments;
    }

    private static void assertEnds(ChildJvm jvm, int exitCode) {
        assertEquals(exitCode, jvm.waitFor(PATIENCE), () -> jvm.stdout() + jvm.stderr());
    }

    /** One loud line, once, and one line of the session. */
    private static SessionJson onlySession(ChildJvm jvm) {
        List<String> lines = jvm.stderr().lines().toList();
        assertEquals(2, lines.size(), jvm::stderr);
        assertTrue(lines.get(0).startsWith("AlmostTLS: AlmostTLSv1, the textbook protocol, is spoken here."));
        return SessionJson.parse(lines.get(1));
    }

    private static void assertThreePhases(SessionJson session) {
        assertEquals("almosttls", session.at("tls.protocol.name"));
        assertEquals("1", session.at("tls.protocol.version"));
        assertInOrder(session, "almosttls.phases.handshake", "Hello", "Certificate", "EncryptedMasterSecret");
        assertInOrder(session, "almosttls.phases.key_derivation", "E_B", "M_B", "E_A", "M_A");
        assertTrue(Long.parseLong(session.at("almosttls.phases.data_transfer")) > 0);
    }

    private static void assertInOrder(SessionJson session, String path, String... expected) {
        for (int i = 0; i < expected.length; i++) assertEquals(expected[i], session.at(path + "." + i));
    }

    @ParameterizedTest
    @ValueSource(strings = {"url-client", "http-client", "nio-client"})
    void aPageIsFetchedAndBothEndsTellThePhases(String sample) {
        ChildJvm client = SampleApp.start(trusting(), sample, server.address().toString());
        assertEnds(client, 0);
        assertTrue(client.stdout().contains("protocol AlmostTLSv1\n"), client.stdout());
        assertThreePhases(onlySession(client));
        assertThreePhases(
                SessionJson.parse(server.jvm().awaitErrorLine(SESSION, PATIENCE).group()));
    }

    @Test
    void aChatIsHeld() {
        try (Server host = SampleApp.chatServer(AGENT, keys.serverRsa())) {
            String port = Integer.toString(host.port());
            ChildJvm guest = SampleApp.start(trusting(), "line-chat", "client", "localhost", port, "--name", "Bob");
            guest.awaitLine(Pattern.compile("^\\* Bob is here$"), PATIENCE);
            guest.stdin().println("hello");
            guest.awaitLine(Pattern.compile("^Bob: hello$"), PATIENCE);
            guest.stdin().close();
            assertEnds(guest, 0);
            assertThreePhases(onlySession(guest));
        }
    }

    @Test
    void whereTlsMeetsTheTextbookBothEndsNameTheOther() {
        try (Server host = SampleApp.chatServer(AGENT, keys.serverRsa())) {
            String port = Integer.toString(host.port());
            List<String> tls = List.of("-javaagent:" + AgentJvm.JAR);
            ChildJvm guest = SampleApp.start(tls, "line-chat", "client", "localhost", port, "--name", "Bob");
            assertEnds(guest, 1);
            assertTrue(guest.stderr().contains("| FAILED ALMOST_TLS_MET: "), guest.stderr());
            assertEquals(
                    "the peer does not speak AlmostTLSv1: it looks like TLS",
                    SessionJson.parse(
                                    host.jvm().awaitErrorLine(SESSION, PATIENCE).group())
                            .at("error.message"));
        }
    }
}
