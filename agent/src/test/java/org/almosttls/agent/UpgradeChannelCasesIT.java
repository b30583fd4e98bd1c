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

    private static final String SERVER = ChannelJvms.atServer("strict");
    private static final String CLIENT = ChannelJvms.atClient("strict");

    @TempDir
    private static Path folder;

    private static ChannelJvms jvms;

    @BeforeAll
    static void makeStores() throws Exception {
        jvms = ChannelJvms.in(folder);
    }

    private static ServingJvm serving(String options, String what) throws Exception {
        if (what.equals("echo")) return jvms.server(options, ChannelApp.class, "server", "1", "5000");
        return jvms.server(options, ChannelCases.class, what, what.equals("sink") ? "2" : "1");
    }

    private static Outcome client(String options, String what, int port) throws Exception {
        return jvms.client(options, ChannelCases.class, what, port);
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
        "greeter, copied",
        "echo, manners",
        "echo, gather",
        "echo, switch",
        "adapter, adapted",
        "silent, waits"
    })
    void bothEndsSeeTheSameOverTls(String serving, String what) throws Exception {
        List<String> expected = both("", "", serving, what);
        assertFalse(expected.get(0).endsWith("Exception") && !what.equals("manners"), expected::toString);
        assertEquals(expected, both(SERVER, CLIENT, serving, what));
    }

    /** Who connects by the socket of a channel asks whether the server speaks TLS, as any other. */
    @Test
    void aPermissiveClientAsksBeforeTheSocketOfItsChannelConnects() throws Exception {
        try (var server = jvms.server(ChannelJvms.atServer("permissive"), ChannelCases.class, "adapter", "2")) {
            Outcome outcome = client(ChannelJvms.atClient("permissive"), "adapted", server.port());
            assertEquals(List.of("adapted heard x"), outcome.out(), outcome::toString);
            assertEquals(2, SessionLines.in(outcome.err()).size(), outcome::toString);
        }
    }

    @Test
    void aChannelThatIsRefusedIsClosed() throws Exception {
        try (var server = serving(SERVER, "refuser")) {
            client("", "half", server.port());
            assertEquals(List.of("SSLException false"), server.said());
        }
    }

    /** Who has said nothing and is gone might hear, and must not. */
    @Test
    void aStrictServerSaysNothingToWhomHasSaidNothing() throws Exception {
        try (var server = jvms.server(SERVER, ChannelCases.class, "sink", "1")) {
            assertEquals(List.of("quiet 0"), client("", "quiet", server.port()).out());
            assertEquals(List.of("heard 0, refused"), server.said());
        }
    }
}
