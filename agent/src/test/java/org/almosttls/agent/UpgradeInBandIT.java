package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.agent.AgentJvm.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sample.testkit.Wiretap;

/** Connections that begin in plaintext and get TLS of the application's own, and those that go through a proxy. */
class UpgradeInBandIT {

    private static final String CLASSES =
            Path.of("target", "test-classes").toAbsolutePath().toString();
    private static final List<String> STORES = List.of(
            "-Djavax.net.ssl.keyStore=own.p12",
            "-Djavax.net.ssl.keyStorePassword=throw-away",
            "-Djavax.net.ssl.trustStore=own.p12",
            "-Djavax.net.ssl.trustStorePassword=throw-away");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeStores() throws Exception {
        UpgradeStores.makeIn(folder);
    }

    /** For each client one word. */
    private static ServingJvm server(String options, List<String> words) throws Exception {
        List<String> command = AgentJvm.java();
        command.addAll(STORES);
        if (!options.isEmpty()) command.add("-javaagent:" + AgentJvm.JAR + "=" + options);
        command.addAll(List.of("-cp", CLASSES, InBandApp.class.getName(), "server"));
        for (String word : words) command.add(word.replace("channel-", ""));
        return new ServingJvm(folder, command);
    }

    private static Outcome client(String options, int port, List<String> words) throws Exception {
        AgentJvm jvm = new AgentJvm().in(folder).with(STORES.toArray(String[]::new));
        if (!options.isEmpty()) jvm.agent(options);
        return jvm.with("-cp", CLASSES, InBandApp.class.getName(), "client", "" + port)
                .with(words.toArray(String[]::new))
                .run();
    }

    private static List<String> answered(List<String> words) {
        return words.stream().map(word -> word + " you said one").toList();
    }

    private static List<String> sessions(Outcome outcome) {
        return SessionLines.in(outcome.err()).stream()
                .filter(line -> line.contains("| TLSv1.3 "))
                .toList();
    }

    /** After the question whether its server speaks TLS. */
    @Test
    void aPermissiveClientAsksForItsOwnTlsAsBefore() throws Exception {
        List<String> words = List.of(
                "mail",
                "database",
                "directory",
                "proxy",
                "tunnel",
                "channel-mail",
                "channel-database",
                "channel-directory",
                "channel-proxy",
                "channel-tunnel");
        List<String> served = Stream.concat(Stream.of("mail"), words.stream()).toList();
        try (var server = server("", served)) {
            Outcome outcome = client(ChannelJvms.atClient("permissive"), server.port(), words);
            assertEquals(answered(words), outcome.out(), outcome::toString);
            assertEquals(8, sessions(outcome).size(), outcome::toString);
        }
    }

    @Test
    void aStrictClientAsksForItsOwnTlsOverSocketsAndGoesThroughAProxy() throws Exception {
        List<String> secured = List.of("database", "directory", "proxy", "channel-proxy");
        List<String> tunnels = List.of("tunnel", "channel-tunnel");
        List<String> words = new ArrayList<>(secured);
        words.addAll(tunnels);
        try (var server = server("", words)) {
            Outcome outcome = client(ChannelJvms.atClient("strict"), server.port(), words);
            assertEquals(answered(words), outcome.out(), outcome::toString);
            assertEquals(secured.size(), sessions(outcome).size(), outcome::toString);
        }
    }

    /** Who begins TLS at once has no use for a server that waits for other words. */
    @Test
    void aStrictClientAsksForNothingWhereTlsBeginsAtOnce() throws Exception {
        List<String> words = List.of("mail", "channel-database", "channel-directory");
        try (var server = server("", words);
                var tap = new Wiretap(server.port(), 5)) {
            Outcome outcome = client(ChannelJvms.atClient("strict"), tap.port(), words);
            List<String> refused = outcome.out().stream()
                    .map(line -> line.replaceAll(" \\w+Exception$", " refused"))
                    .toList();
            assertEquals(words.stream().map(word -> word + " refused").toList(), refused, outcome::toString);
            assertFalse(tap.has("STARTTLS") || tap.has("1.3.6.1.4.1.1466.20037"), "heard");
        }
    }

    @Test
    void aPermissiveServerIsAskedForItsOwnTlsAsBefore() throws Exception {
        List<String> words = List.of("mail", "database", "directory", "proxy", "tunnel");
        try (var server = server(ChannelJvms.atServer("permissive"), words)) {
            Outcome outcome = client("", server.port(), words);
            assertEquals(answered(words), outcome.out(), outcome::toString);
            assertEquals(List.of(), server.said());
        }
    }

    /** It is plaintext that comes to a server, whatever it leads to. */
    @Test
    void aStrictServerIsNoProxy() throws Exception {
        try (var server = server(ChannelJvms.atServer("strict"), List.of("tunnel"))) {
            Outcome outcome = client("", server.port(), List.of("tunnel"));
            assertFalse(outcome.out().contains("tunnel you said one"), outcome::toString);
            assertEquals(List.of("tunnel SSLException"), server.said());
        }
    }
}
