package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sample.testkit.SessionJson;
import sample.testkit.ThrowAwayKeys;

/** What wraps an engine or a socket is no second session; what is TLS over TLS is. */
@Timeout(300)
class ObserveWrapsIT {

    private static final List<String> OF_HELLOS = List.of("tls.client.ja3", "almosttls.ja4", "almosttls.group");

    @TempDir
    private static Path keyFolder;

    private static Map<String, List<SessionJson>> lines;

    @BeforeAll
    static void watch() throws Exception {
        ThrowAwayKeys.in(keyFolder).serverEc();
        var log = keyFolder.resolve("tls.jsonl");
        var outcome = new AgentJvm()
                .agent("mode=observe,log=" + log)
                .with("-cp", Path.of("target", "test-classes").toString(), WatchedWraps.class.getName())
                .with(keyFolder.toString())
                .run();
        assertEquals(0, outcome.exitCode(), outcome::toString);
        assertEquals(
                10,
                outcome.out().stream().filter(line -> line.endsWith("=done")).count(),
                outcome::toString);
        lines = Files.readAllLines(log).stream()
                .map(SessionJson::parse)
                .collect(Collectors.groupingBy(
                        line -> line.at("process.thread.name") + " " + line.at("almosttls.role")));
    }

    private static void assertGood(List<SessionJson> told) {
        for (var line : told) {
            assertEquals("success", line.at("event.outcome"), line::toString);
            assertEquals("SunJSSE", line.at("almosttls.provider"), line::toString);
            assertEquals("1.3", line.at("tls.protocol.version"), line::toString);
            assertEquals("close_notify", line.at("almosttls.ended"), line::toString);
        }
    }

    private static boolean isMissing(SessionJson line, String field) {
        return line.values().entrySet().stream()
                .anyMatch(each -> each.getKey().startsWith("almosttls.missing.")
                        && each.getValue().equals(field));
    }

    @Test
    void whatOnlyWrapsAnotherHasOneLineAtEachEnd() {
        assertAll(List.of("socket", "greeting", "engine", "layered").stream()
                .flatMap(name -> List.of("client", "server").stream().map(role -> () -> {
                    var told = lines.get(name + " " + role);
                    assertEquals(1, told.size(), told::toString);
                    assertGood(told);
                    assertEquals("4", told.get(0).at("almosttls.bytes.sent"), told::toString);
                    assertEquals("4", told.get(0).at("almosttls.bytes.received"), told::toString);
                    for (String field : OF_HELLOS) told.get(0).at(field);
                })));
    }

    /** The client does not trust the one within, and has nothing against the other one. */
    @Test
    void whatFailsWithinIsNoFailureOfWhatCarriesIt() {
        for (String role : List.of("client", "server")) {
            var told = lines.get("refused " + role);
            assertEquals(2, told.size(), told::toString);
            for (var line : told) {
                boolean failed = line.at("event.outcome").equals("failure");
                assertEquals("" + !failed, line.at("tls.established"), line::toString);
            }
            assertEquals(
                    1,
                    told.stream()
                            .filter(line -> line.at("tls.established").equals("true"))
                            .count());
        }
    }

    /** Of the one within nobody knows the hellos, since no socket of the platform's carries them. */
    @Test
    void tlsOverTlsIsTwoSessionsAtEachEnd() {
        for (String role : List.of("client", "server")) {
            var told = lines.get("twice " + role);
            assertEquals(2, told.size(), told::toString);
            for (String field : OF_HELLOS) {
                assertEquals(
                        1,
                        told.stream()
                                .filter(line -> line.values().containsKey(field))
                                .count(),
                        field);
                assertEquals(
                        1, told.stream().filter(line -> isMissing(line, field)).count(), field);
            }
            var within = told.stream()
                    .filter(line -> isMissing(line, "almosttls.ja4"))
                    .findFirst()
                    .orElseThrow();
            assertGood(List.of(within));
            assertEquals("4", within.at("almosttls.bytes.sent"));
            assertTrue(
                    told.stream().anyMatch(line -> Long.parseLong(line.at("almosttls.bytes.sent")) > 100),
                    told::toString);
        }
    }
}
