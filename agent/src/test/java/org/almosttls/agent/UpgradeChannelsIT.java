package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almosttls.agent.AgentJvm.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sample.testkit.Wiretap;

/** An application that speaks plaintext over channels, with and without the agent at either end. */
class UpgradeChannelsIT {

    @TempDir
    private static Path folder;

    private static ChannelJvms jvms;

    @BeforeAll
    static void makeStores() throws Exception {
        jvms = ChannelJvms.in(folder);
    }

    private static ServingJvm server(String options, int clients, int room) throws Exception {
        return jvms.server(options, ChannelApp.class, "server", "" + clients, "" + room);
    }

    private static Outcome client(String options, String what, int port) throws Exception {
        return jvms.client(options, ChannelApp.class, what, port);
    }

    private static long sessions(List<String> err) {
        return SessionLines.in(err).stream()
                .filter(line -> line.contains("| TLSv1.3 "))
                .count();
    }

    private static List<String> expected(String what) {
        return what.equals("client")
                ? List.of("one", "true", "bye", "-1 true")
                : List.of("one", "nothing", "100000", "true", "true", "bye", "-1");
    }

    @ParameterizedTest
    @CsvSource({"client, 50", "client, 100000", "blocking, 7000"})
    void withoutTheAgentItSaysThis(String what, int room) throws Exception {
        try (var server = server("", 1, room)) {
            assertEquals(expected(what), client("", what, server.port()).out());
        }
    }

    /** Through a tap that cuts it into pieces. */
    @ParameterizedTest
    @CsvSource({"strict, client, 50", "strict, client, 100000", "strict, blocking, 7000", "permissive, client, 3000"})
    void bothEndsUpgradedSayTheSame(String mode, String what, int room) throws Exception {
        int clients = mode.equals("strict") ? 1 : 2;
        try (var server = server(ChannelJvms.atServer(mode), clients, room);
                var tap = new Wiretap(server.port(), 3)) {
            Outcome outcome = client(ChannelJvms.atClient(mode), what, tap.port());
            assertEquals(expected(what), outcome.out(), outcome::toString);
            assertEquals(clients, sessions(outcome.err()), outcome::toString);
            assertFalse(tap.has("one\n"));
        }
    }

    @Test
    void soTheyDoWithSelectorsOfTheOtherKind() throws Exception {
        ChannelJvms other = jvms.java("-Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.PollSelectorProvider");
        try (var server = other.server(ChannelJvms.atServer("strict"), ChannelApp.class, "server", "1", "50");
                var tap = new Wiretap(server.port(), 3)) {
            Outcome outcome = other.client(ChannelJvms.atClient("strict"), ChannelApp.class, "client", tap.port());
            assertEquals(expected("client"), outcome.out(), outcome::toString);
            assertFalse(tap.has("one\n"));
        }
    }

    /** RFC 8446 §4.6.3: each end changes its keys again and again amid what it writes. */
    @Test
    void soTheyDoWhileKeysChange() throws Exception {
        Files.writeString(folder.resolve("limits"), "jdk.tls.keyLimits=AES/GCM/NoPadding KeyUpdate 2^14\n");
        ChannelJvms limited = jvms.java("-Djava.security.properties=" + folder.resolve("limits"));
        try (var server = limited.server(ChannelJvms.atServer("strict"), ChannelApp.class, "server", "1", "3000");
                var tap = new Wiretap(server.port(), 3)) {
            String options = ChannelJvms.atClient("strict") + ",format=json";
            Outcome outcome = limited.client(options, ChannelApp.class, "client", tap.port());
            assertEquals(expected("client"), outcome.out(), outcome::toString);
            assertTrue(
                    outcome.err().stream().anyMatch(line -> line.matches(".*\"key_updates\":[2-9]\\d.*")),
                    outcome::toString);
        }
    }

    @Test
    void aPermissiveServerTakesPlaintextToo() throws Exception {
        try (var server = server(ChannelJvms.atServer("permissive"), 1, 3)) {
            assertEquals(expected("client"), client("", "client", server.port()).out());
            server.said();
            assertTrue(
                    server.complaints().get(0).startsWith("AlmostTLS: plaintext: server at port"),
                    server.complaints()::toString);
        }
    }

    @Test
    void aPermissiveClientSpeaksPlaintextToWhomKnowsNothingElse() throws Exception {
        try (var server = server("", 2, 3000)) {
            Outcome outcome = client(ChannelJvms.atClient("permissive"), "client", server.port());
            assertEquals(expected("client"), outcome.out(), outcome::toString);
        }
    }

    @Test
    void aStrictServerRefusesPlaintext() throws Exception {
        try (var server = server(ChannelJvms.atServer("strict"), 1, 3000)) {
            assertFalse(client("", "client", server.port()).out().contains("one"));
            assertEquals(List.of("SSLException"), server.said());
        }
    }

    @Test
    void whoObservesChangesNothing() throws Exception {
        try (var server = server("upgrade=observe", 1, 3000)) {
            Outcome outcome = client("upgrade=observe", "client", server.port());
            assertEquals(expected("client"), outcome.out(), outcome::toString);
            assertEquals(1, outcome.err().size(), outcome::toString);
        }
    }
}
