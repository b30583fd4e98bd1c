package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almosttls.agent.AgentJvm.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sample.testkit.Wiretap;

/** An application that speaks plaintext over blocking sockets, with and without the agent at either end. */
class UpgradeIT {

    private static final String PORTS = ",upgrade.ports=1024-65535";
    private static final String SERVER =
            PORTS + ",upgrade.keystore=own.p12,upgrade.keystore.password_file=own.password";
    private static final String CLIENT = PORTS + ",upgrade.truststore=ca.pem";
    private static final String BOTH = SERVER + ",upgrade.truststore=ca.pem";

    /** Of {@link PlainApp}, whoever carries its words. */
    private static final List<String> TALK = List.of("you said one", "300000", "bye", "null");

    /** What it needs without us, and the line for our jar. */
    private static final String POLICY = """
            grant codeBase "file:%s" {
              permission java.net.SocketPermission "localhost:0-", "accept,connect,listen,resolve";
            };
            grant codeBase "file:%s" {
              permission java.security.AllPermission;
            };
            """;

    /** As much of a ClientHello as tells one. */
    private static final byte[] HELLO = {22, 3, 1, 0, 6, 1, 'h', 'e', 'l', 'l', 'o'};

    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeStores() throws Exception {
        UpgradeStores.makeIn(folder);
    }

    private static ServingJvm server(String options, String... words) throws Exception {
        List<String> command = AgentJvm.java();
        if (!options.isEmpty()) command.add("-javaagent:" + AgentJvm.JAR + "=" + options);
        command.addAll(List.of(
                "-cp", Path.of("target", "test-classes").toAbsolutePath().toString()));
        command.add(PlainApp.class.getName());
        command.addAll(List.of(words));
        return new ServingJvm(folder, command);
    }

    private static Outcome client(String options, String... words) throws Exception {
        AgentJvm jvm = new AgentJvm().in(folder);
        if (!options.isEmpty()) jvm.agent(options);
        jvm.with("-cp", Path.of("target", "test-classes").toAbsolutePath().toString(), PlainApp.class.getName());
        return jvm.with(words).run();
    }

    private static long sessions(List<String> err) {
        return SessionLines.in(err).stream()
                .filter(line -> line.contains("| TLSv1.3 "))
                .count();
    }

    private static List<String> plaintext(List<String> err) {
        return err.stream()
                .filter(line -> line.startsWith("AlmostTLS: plaintext:"))
                .map(line -> line.replaceAll("\\d{4,5}", "PORT"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"strict, strict, 1", "permissive, permissive, 2", "strict, permissive, 2", "permissive, strict, 1"})
    void bothEndsUpgradedSpeakTlsAndTheirApplicationsNoticeNothing(String atServer, String atClient, int connections)
            throws Exception {
        try (var server = server("upgrade=" + atServer + SERVER, "server", "" + connections);
                var tap = new Wiretap(server.port(), 1)) {
            Outcome outcome = client("upgrade=" + atClient + CLIENT, "client", "" + tap.port());
            assertEquals(TALK, outcome.out(), outcome::toString);
            assertEquals(connections, sessions(outcome.err()), outcome::toString);
            server.said();
            assertEquals(connections, sessions(server.complaints()), server.complaints()::toString);
            assertFalse(tap.has("you said"));
            assertFalse(tap.has("xxxx"));
        }
    }

    @Test
    void withoutTheAgentTheTapHearsAll() throws Exception {
        try (var server = server("", "server", "1");
                var tap = new Wiretap(server.port(), 1)) {
            assertEquals(TALK, client("", "client", "" + tap.port()).out());
            assertTrue(tap.has("you said one"));
        }
    }

    @Test
    void aPermissiveServerTakesPlaintextToo() throws Exception {
        try (var server = server("upgrade=permissive" + SERVER, "server", "1")) {
            assertEquals(TALK, client("", "client", "" + server.port()).out());
            assertEquals(List.of(), server.said());
            assertEquals(
                    List.of("AlmostTLS: plaintext: server at port PORT, its client 127.0.0.1;"
                            + " it does not begin with a ClientHello"),
                    plaintext(server.complaints()));
        }
    }

    @Test
    void aPermissiveClientSpeaksPlaintextToWhomKnowsNothingElse() throws Exception {
        try (var server = server("", "server", "2")) {
            Outcome outcome = client("upgrade=permissive" + CLIENT, "client", "" + server.port());
            assertEquals(TALK, outcome.out(), outcome::toString);
            assertEquals(
                    List.of("AlmostTLS: plaintext: client of localhost:PORT; it does not answer a ClientHello"),
                    plaintext(outcome.err()));
        }
    }

    @Test
    void aStrictServerRefusesPlaintext() throws Exception {
        try (var server = server("upgrade=strict" + SERVER, "server", "1")) {
            assertFalse(client("", "client", "" + server.port()).out().contains("you said one"));
            assertEquals(List.of("SSLException"), server.said());
        }
    }

    @Test
    void aStrictClientRefusesPlaintext() throws Exception {
        try (var server = server("", "server", "1")) {
            Outcome outcome = client("upgrade=strict" + CLIENT, "client", "" + server.port());
            assertEquals(List.of("SSLException"), outcome.out());
        }
    }

    /** A permissive one has asked before, and does not take the server's refused certificate for an answer in plaintext. */
    @ParameterizedTest
    @CsvSource({"strict, 1", "permissive, 2"})
    void aClientTrustsNobodyElseAndTellsThemNothing(String mode, int connections) throws Exception {
        try (var server = server("upgrade=strict" + SERVER, "server", "" + connections);
                var tap = new Wiretap(server.port(), 1)) {
            Outcome outcome = client("upgrade=" + mode + PORTS, "client", "" + tap.port());
            assertEquals(List.of("SSLHandshakeException"), outcome.out(), outcome::toString);
            assertEquals(List.of(), plaintext(outcome.err()));
            assertEquals(connections, server.said().size());
            assertFalse(tap.has("one\n"));
        }
    }

    private static boolean hasToldOf(List<String> err, String what) {
        return err.stream().anyMatch(line -> line.startsWith("AlmostTLS: " + what));
    }

    /** Once it stays in plaintext the application gets the ClientHello itself. */
    @ParameterizedTest
    @CsvSource({
        "permissive, '', 'a client wants TLS, and there is no upgrade.keystore to be a server by'",
        "permissive, ',upgrade.keystore=none.p12', 'a connection cannot be upgraded, it stays in plaintext'",
        "permissive, ',upgrade.keystore=own.pem', 'a connection cannot be upgraded, it stays in plaintext'",
        "strict, '', ''",
        "strict, ',upgrade.keystore=none.p12', ''",
        "strict, ',upgrade.keystore=own.pem', ''"
    })
    void aServerWithoutAKeyIsInPlaintextOrIsNone(String mode, String keys, String told) throws Exception {
        try (var server = server("upgrade=" + mode + PORTS + keys, "server", "1");
                var client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            client.getOutputStream().write(HELLO);
            client.getOutputStream().write('\n');
            if (mode.equals("permissive")) {
                byte[] answer = client.getInputStream().readNBytes(9 + HELLO.length);
                assertEquals("you said ", new String(answer, 0, 9, StandardCharsets.US_ASCII));
            }
            client.shutdownOutput();
            assertEquals(mode.equals("strict") ? List.of("SSLException") : List.of(), server.said());
            assertTrue(mode.equals("strict") || hasToldOf(server.complaints(), told), server.complaints()::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({"permissive, none.pem", "permissive, own.password", "strict, none.pem", "strict, own.password"})
    void aClientThatCannotReadWhomToTrustIsInPlaintextOrIsNone(String mode, String trust) throws Exception {
        boolean strict = mode.equals("strict");
        try (var server = server("", "server", "1")) {
            Outcome outcome =
                    client("upgrade=" + mode + PORTS + ",upgrade.truststore=" + trust, "client", "" + server.port());
            assertEquals(strict ? List.of("SSLException") : TALK, outcome.out(), outcome::toString);
            assertEquals(strict ? 0 : 1, plaintext(outcome.err()).size(), outcome::toString);
            boolean told = hasToldOf(outcome.err(), "a connection cannot be upgraded, it stays in plaintext");
            assertEquals(!strict, told, outcome::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "patient"})
    void aServerThatSpeaksFirstDoesSoOverTls(String what) throws Exception {
        try (var server = server("upgrade=strict" + SERVER, "greeter", "1")) {
            Outcome outcome = client("upgrade=strict" + CLIENT, what, "" + server.port());
            assertEquals("welcome", outcome.out().get(0), outcome::toString);
            assertEquals(1, sessions(outcome.err()), outcome::toString);
        }
    }

    @Test
    void aPermissiveServerThatSpeaksFirstIsHeardByClientsInPlaintext() throws Exception {
        try (var server = server("upgrade=permissive" + SERVER, "greeter", "1")) {
            assertEquals(
                    "welcome", client("", "client", "" + server.port()).out().get(0));
        }
    }

    @Test
    void whoObservesTellsOnceOfEachPairAndChangesNothing() throws Exception {
        try (var server = server("upgrade=observe", "server", "1");
                var tap = new Wiretap(server.port(), 1)) {
            Outcome outcome = client("upgrade=observe", "client", "" + tap.port());
            assertEquals(TALK, outcome.out());
            assertTrue(tap.has("you said one"));
            assertEquals(
                    List.of("AlmostTLS: plaintext: client of localhost:PORT; nothing is changed"),
                    outcome.err().stream()
                            .map(line -> line.replaceAll("\\d{4,5}", "PORT"))
                            .toList());
            server.said();
            assertEquals(1, plaintext(server.complaints()).size(), server.complaints()::toString);
        }
    }

    /** The same application without the agent is the control. */
    @ParameterizedTest
    @ValueSource(strings = {"manners", "forget"})
    void anUpgradedSocketBehavesAsOneInPlaintext(String what) throws Exception {
        String clients = what.equals("forget") ? "5" : "1";
        List<String> expected;
        try (var server = server("", "server", clients)) {
            Outcome outcome = client("", what, "" + server.port());
            expected = outcome.out();
            assertEquals(0, outcome.exitCode(), outcome::toString);
        }
        try (var server = server("upgrade=strict" + SERVER, "server", clients);
                var tap = new Wiretap(server.port(), 2)) {
            Outcome outcome = client("upgrade=strict" + CLIENT, what, "" + tap.port());
            assertEquals(expected, outcome.out(), outcome::toString);
            assertFalse(tap.has("you said"));
        }
    }

    @Test
    void bothEndsMayBeInOneProcess() throws Exception {
        Outcome outcome = client("upgrade=strict" + BOTH, "pair");
        assertEquals(TALK, outcome.out(), outcome::toString);
    }

    /** Its security manager permits the application to talk to this machine, and nothing that TLS takes besides. */
    @ParameterizedTest
    @CsvSource({"strict, 2", "observe, 0"})
    @EnabledForJreRange(max = JRE.JAVA_23)
    void anApplicationNeedsNoPermissionsForIt(String mode, int sessions) throws Exception {
        String classes = Path.of("target", "test-classes").toAbsolutePath() + "/";
        Path policy = Files.writeString(folder.resolve("plain.policy"), POLICY.formatted(classes, AgentJvm.JAR));
        Outcome outcome = new AgentJvm()
                .in(folder)
                .with("-Djava.security.manager", "-Djava.security.policy==" + policy)
                .agent("upgrade=" + mode + BOTH)
                .with("-cp", classes, PlainApp.class.getName(), "pair")
                .run();
        assertEquals(TALK, outcome.out(), outcome::toString);
        assertEquals(sessions, sessions(outcome.err()), outcome::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"url-client", "http-client"})
    void anApplicationsOwnTlsIsLeftAlone(String sample) throws Exception {
        Path app = Path.of("../sample-apps/" + sample + "/target/" + sample + ".jar");
        try (var server = new HttpsPage(Files.createTempDirectory(folder, "page"))) {
            Outcome outcome = new AgentJvm()
                    .environment("JDK_JAVA_OPTIONS", server.trust())
                    .agent("upgrade=strict" + PORTS)
                    .with("-jar", app.toAbsolutePath().toString(), server.address())
                    .run();
            assertTrue(outcome.out().contains(HttpsPage.TEXT), outcome::toString);
            assertEquals(1, sessions(outcome.err()), outcome::toString);
        }
    }
}
