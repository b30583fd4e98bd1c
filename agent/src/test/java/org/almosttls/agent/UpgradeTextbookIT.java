package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.almosttls.agent.AgentJvm.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sample.testkit.Wiretap;

/** Applications that speak plaintext, over sockets and over channels, speak AlmostTLSv1 where it is asked for. */
class UpgradeTextbookIT {

    private static final String CLASSES =
            Path.of("target", "test-classes").toAbsolutePath().toString();
    private static final String WORDS = ",upgrade.ports=1024-65535,upgrade.protocol=AlmostTLSv1";
    private static final String SERVER =
            WORDS + ",upgrade.keystore=ca/own.p12,upgrade.keystore.password_file=ca/own.password";
    private static final String CLIENT = WORDS + ",upgrade.truststore=ca/ca.pem";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeStores() throws Exception {
        ca("init", "ca");
        ca("issue", "ca", "own", "--rsa", "--san", "dns:localhost", "--san", "ip:127.0.0.1");
    }

    private static void ca(String... words) throws Exception {
        Outcome outcome = new AgentJvm()
                .in(folder)
                .with("-jar", AgentJvm.JAR.toString(), "ca")
                .with(words)
                .run();
        assertEquals(0, outcome.exitCode(), outcome::toString);
    }

    private static ServingJvm server(String options, String application, String clients) throws Exception {
        List<String> command = AgentJvm.java();
        if (!options.isEmpty()) command.add("-javaagent:" + AgentJvm.JAR + "=" + options);
        command.addAll(List.of("-cp", CLASSES, "org.almosttls.agent." + application, "server", clients, "5000"));
        return new ServingJvm(folder, command);
    }

    private static Outcome client(String options, String application, String what, int port) throws Exception {
        AgentJvm jvm = new AgentJvm().in(folder);
        if (!options.isEmpty()) jvm.agent(options);
        return jvm.with("-cp", CLASSES, "org.almosttls.agent." + application, what, "" + port)
                .run();
    }

    private static long sessions(List<String> err) {
        return SessionLines.in(err).stream()
                .filter(line -> line.contains("| AlmostTLSv1 "))
                .count();
    }

    @ParameterizedTest
    @CsvSource({
        "strict, PlainApp, client",
        "permissive, PlainApp, client",
        "strict, ChannelApp, client",
        "permissive, ChannelApp, client",
        "strict, ChannelApp, blocking"
    })
    void whatIsSaidIsTheSameAndNobodyHearsIt(String mode, String application, String what) throws Exception {
        List<String> expected;
        try (var server = server("", application, "1");
                var tap = new Wiretap(server.port(), 4)) {
            expected = client("", application, what, tap.port()).out();
            assertTrue(tap.has("one\n"));
        }
        int connections = mode.equals("strict") ? 1 : 2;
        try (var server = server("upgrade=" + mode + SERVER, application, "" + connections);
                var tap = new Wiretap(server.port(), 4)) {
            Outcome outcome = client("upgrade=" + mode + CLIENT, application, what, tap.port());
            assertEquals(expected, outcome.out(), outcome::toString);
            assertEquals(connections, sessions(outcome.err()), outcome::toString);
            server.said();
            assertEquals(connections, sessions(server.complaints()), server.complaints()::toString);
            assertFalse(tap.has("one\n"));
        }
    }

    /** AlmostTLSv1 has no certificates of clients, and whoever comes is not who is meant. */
    @ParameterizedTest
    @CsvSource({
        "PlainApp, ',upgrade.truststore=ca.pem'",
        "PlainApp, ',upgrade.peers=spiffe://example.org/*'",
        "ChannelApp, ',upgrade.peers=any'"
    })
    void aStrictServerThatWouldHaveToInsistServesNobody(String application, String words) throws Exception {
        try (var server = server("upgrade=strict" + SERVER + words, application, "1")) {
            Outcome outcome = client("upgrade=strict" + CLIENT, application, "client", server.port());
            assertEquals(1, outcome.out().size(), outcome::toString);
            assertTrue(outcome.out().get(0).endsWith("Exception"), outcome::toString);
            assertEquals(List.of("SSLException"), server.said());
        }
    }
}
