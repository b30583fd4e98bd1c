package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.almosttls.agent.AgentJvm.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is seldom done to channels is the same over TLS; the application without the agent is the control. */
class UpgradeChannelCasesIT {

    private static final String CLASSES =
            Path.of("target", "test-classes").toAbsolutePath().toString();
    private static final String PORTS = "upgrade=strict,upgrade.ports=1024-65535";
    private static final String SERVER =
            PORTS + ",upgrade.keystore=own.p12,upgrade.keystore.password_file=own.password";
    private static final String CLIENT = PORTS + ",upgrade.truststore=ca.pem";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeStores() throws Exception {
        UpgradeStores.makeIn(folder);
    }

    private static ServingJvm server(String options, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(AgentJvm.java()));
        if (!options.isEmpty()) command.add("-javaagent:" + AgentJvm.JAR + "=" + options);
        command.addAll(List.of("-cp", CLASSES));
        command.addAll(List.of(words));
        return new ServingJvm(folder, command);
    }

    private static ServingJvm serving(String options, String what) throws Exception {
        String echo = ChannelApp.class.getName();
        String cases = ChannelCases.class.getName();
        if (what.equals("echo")) return server(options, echo, "server", "1", "5000");
        return server(options, cases, what, what.equals("sink") ? "2" : "1");
    }

    private static Outcome client(String options, String what, int port) throws Exception {
        AgentJvm jvm = new AgentJvm().in(folder);
        if (!options.isEmpty()) jvm.agent(options);
        return jvm.with("-cp", CLASSES, ChannelCases.class.getName(), what, "" + port)
                .run();
    }

    private static List<String> both(String atServer, String atClient, String serving, String what) throws Exception {
        try (var server = serving(atServer, serving)) {
            Outcome outcome = client(atClient, what, server.port());
            assertEquals(0, outcome.exitCode(), outcome::toString);
            List<String> said = new ArrayList<>(outcome.out());
            said.addAll(server.said());
            return said;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sink, early",
        "sink, pour",
        "sink, half",
        "greeter, greeted",
        "echo, manners",
        "echo, gather",
        "echo, switch",
        "silent, waits"
    })
    void bothEndsSeeTheSameOverTls(String serving, String what) throws Exception {
        List<String> expected = both("", "", serving, what);
        assertFalse(expected.get(0).endsWith("Exception") && !what.equals("manners"), expected::toString);
        assertEquals(expected, both(SERVER, CLIENT, serving, what));
    }

    @Test
    void aChannelThatIsRefusedIsClosed() throws Exception {
        try (var server = server(SERVER, ChannelCases.class.getName(), "refuser", "1")) {
            client("", "half", server.port());
            assertEquals(List.of("SSLException false"), server.said());
        }
    }

    /** Who has said nothing and is gone might hear, and must not. */
    @Test
    void aStrictServerSaysNothingToWhomHasSaidNothing() throws Exception {
        try (var server = server(SERVER, ChannelCases.class.getName(), "sink", "1")) {
            assertEquals(List.of("quiet 0"), client("", "quiet", server.port()).out());
            assertEquals(List.of("heard 0, refused"), server.said());
        }
    }
}
