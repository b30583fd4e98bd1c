package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sample.testkit.SessionJson;

/** With {@code mode=observe} sessions of any stack are told, good and bad, and nothing else changes. */
@Timeout(300)
class ObserveIT {

    @TempDir
    private static Path keyFolder;

    @TempDir
    private Path folder;

    private static WatchedPlay ends;

    @BeforeAll
    static void makeKeys() throws Exception {
        ends = WatchedPlay.withKeysIn(keyFolder);
    }

    private AgentJvm.Outcome play(String agent, String stack, String face, WatchedCase... cases) throws Exception {
        var jvm = new AgentJvm();
        if (!agent.isEmpty()) jvm.agent(agent);
        return ends.play(jvm, stack, face, cases);
    }

    private List<SessionJson> watch(String stack, String face, WatchedCase... cases) throws Exception {
        var log = folder.resolve("tls.jsonl");
        var outcome = play("mode=observe,log=" + log, stack, face, cases);
        assertEquals(0, outcome.exitCode(), outcome::toString);
        assertEquals(List.of(), SessionLines.in(outcome.err()));
        return Files.readAllLines(log).stream().map(SessionJson::parse).toList();
    }

    private static SessionJson of(List<SessionJson> lines, WatchedCase played, String role) {
        var found = lines.stream()
                .filter(line -> line.at("process.thread.name").startsWith(played + " "))
                .filter(line -> line.at("almosttls.role").equals(role))
                .toList();
        assertEquals(1, found.size(), () -> played + " " + role + " in " + lines);
        return found.get(0);
    }

    private static String causes(List<SessionJson> lines, WatchedCase played) {
        return Stream.of("client", "server")
                .map(role -> lines.stream()
                        .filter(line -> line.at("process.thread.name").startsWith(played + " "))
                        .filter(line -> line.at("almosttls.role").equals(role))
                        .map(line -> line.values().getOrDefault("almosttls.diagnosis.code", "-"))
                        .reduce((one, other) -> one + "," + other)
                        .orElse("none"))
                .reduce((client, server) -> client + " " + server)
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "SunJSSE, socket", "SunJSSE, engine",
        "BCJSSE, socket", "BCJSSE, engine",
        "Conscrypt, socket", "Conscrypt, engine",
        "Netty, engine"
    })
    void eachCaseHasItsLineAtEachEnd(String stack, String face) throws Exception {
        var lines = watch(stack, face, WatchedCase.values());
        assertAll(Arrays.stream(WatchedCase.values()).map(played -> () -> {
            var causes = causes(lines, played);
            var expected = WatchedCauses.of(played, stack, face);
            assertTrue(causes.matches(expected), () -> played + ": " + causes + " in " + lines);
        }));
    }

    @ParameterizedTest
    @CsvSource({
        "SunJSSE, socket", "SunJSSE, engine",
        "BCJSSE, socket", "BCJSSE, engine",
        "Conscrypt, socket", "Conscrypt, engine",
        "Netty, engine"
    })
    void aGoodSessionIsToldAlikeWhoeverDidIt(String stack, String face) throws Exception {
        var lines = watch(stack, face, WatchedCase.GOOD12, WatchedCase.MUTUAL13);
        for (var played : List.of(WatchedCase.GOOD12, WatchedCase.MUTUAL13)) {
            for (String role : List.of("client", "server")) {
                var line = of(lines, played, role);
                // It is no provider.
                var whose = stack.equals("Netty") ? "io.netty.handler.ssl" : stack;
                assertEquals(whose, line.at("almosttls.provider"));
                assertEquals("success", line.at("event.outcome"), line::toString);
                assertEquals("close_notify", line.at("almosttls.ended"), line::toString);
                assertEquals("h2", line.at("tls.next_protocol"));
                assertEquals("4", line.at("almosttls.bytes.sent"));
                assertEquals("4", line.at("almosttls.bytes.received"));
                assertEquals("CN=localhost", line.at("tls.server.subject"));
                assertEquals("localhost.localdomain", line.at("server.address"));
            }
        }
    }

    @Test
    void bothEndsOfASessionAgree() throws Exception {
        var lines = watch("SunJSSE", "socket", WatchedCase.GOOD12, WatchedCase.MUTUAL13);
        for (var played : List.of(WatchedCase.GOOD12, WatchedCase.MUTUAL13)) {
            var client = of(lines, played, "client");
            var server = of(lines, played, "server");
            for (String same : List.of(
                    "tls.protocol.version",
                    "tls.cipher",
                    "tls.curve",
                    "tls.client.ja3",
                    "tls.server.ja3s",
                    "almosttls.ja4",
                    "tls.server.hash.sha256")) assertEquals(client.at(same), server.at(same), same);
            assertEquals(client.at("network.peer.port"), server.at("network.local.port"));
            assertEquals(server.at("network.peer.port"), client.at("network.local.port"));
        }
        assertEquals(
                "ecdsa_secp256r1_sha256",
                of(lines, WatchedCase.GOOD12, "client").at("almosttls.scheme"));
        assertEquals("CN=client", of(lines, WatchedCase.MUTUAL13, "server").at("tls.client.subject"));
        assertEquals("authenticated", of(lines, WatchedCase.MUTUAL13, "client").at("almosttls.client_authentication"));
    }

    @Test
    void whatNobodyCanKnowIsNamed() throws Exception {
        var line = of(watch("SunJSSE", "engine", WatchedCase.GOOD13), WatchedCase.GOOD13, "server");
        var missing = line.values().entrySet().stream()
                .filter(each -> each.getKey().startsWith("almosttls.missing."))
                .map(Map.Entry::getValue)
                .toList();
        assertEquals(
                List.of("almosttls.key_updates", "almosttls.scheme", "network.peer.address", "network.peer.port"),
                missing);
        assertEquals(null, line.values().get("almosttls.scheme"));
    }

    @ParameterizedTest
    @CsvSource({"SunJSSE, socket", "SunJSSE, engine", "BCJSSE, socket", "Conscrypt, engine", "Netty, engine"})
    void theApplicationSeesWhatItSeesWithoutUs(String stack, String face) throws Exception {
        var cases = new WatchedCase[] {WatchedCase.GOOD13, WatchedCase.UNKNOWN_CA, WatchedCase.NO_COMMON_SUITE};
        var without = play("", stack, face, cases);
        var with = play("mode=observe,log=" + folder.resolve("tls.jsonl"), stack, face, cases);
        assertEquals(sorted(without), sorted(with));
    }

    private static List<String> sorted(AgentJvm.Outcome outcome) throws IOException {
        assertEquals(0, outcome.exitCode(), outcome::toString);
        return outcome.out().stream()
                // Whether a reset or an alert comes first is chance.
                .map(line -> line.replaceAll("server=(SocketException|SSLHandshakeException)", "server=failed"))
                .sorted()
                .toList();
    }
}
