package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sample.testkit.SessionJson;
import sample.testkit.ThrowAwayKeys;

/** With {@code mode=observe} each octet on the wire is what it is without us, and the providers are where they were. */
@Timeout(300)
class ObserveWireIT {

    /** Tickets hold the time. */
    private static final String NO_TICKETS = "-Djdk.tls.server.enableSessionTicketExtension=false";

    @TempDir
    private static Path keyFolder;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeKeys() {
        ThrowAwayKeys.in(keyFolder).serverRsa();
    }

    private List<String> play(String agent, String stack) throws Exception {
        var path = new ArrayList<>(List.of(Path.of("target", "test-classes")));
        for (String library : List.of("bcprov", "bcutil", "bcpkix", "bctls", "conscrypt", "netty"))
            path.addAll(AgentJvm.libraries(library));
        var places = path.stream().map(Path::toAbsolutePath).map(Path::toString);
        var jvm = new AgentJvm().with(NO_TICKETS);
        if (!agent.isEmpty()) jvm.agent(agent);
        var outcome = jvm.with(
                        "-cp", places.collect(Collectors.joining(File.pathSeparator)), WatchedBytes.class.getName())
                .with(keyFolder.toString(), stack)
                .run();
        assertEquals(0, outcome.exitCode(), outcome::toString);
        return outcome.out().stream().sorted().toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SunJSSE", "BCJSSE", "Conscrypt", "Netty"})
    void whatPassesIsWhatPassesWithoutUs(String stack) throws Exception {
        var log = folder.resolve("tls.jsonl");
        var without = play("", stack);
        assertEquals(without, play("", stack), "chance has to do with it");
        assertEquals(without, play("mode=observe,log=" + log, stack));
        assertTrue(without.contains("as before"), without::toString);
        var sessions = Files.readAllLines(log).stream().map(SessionJson::parse).toList();
        assertEquals(
                sessions.size(),
                without.stream()
                        .filter(line -> line.matches("(client|server)'s .*"))
                        .count());
        // The version before was the same.
        assertTrue(resumed(sessions, "client") > 0, sessions::toString);
        assertEquals(resumed(sessions, "client"), resumed(sessions, "server"), sessions::toString);
    }

    private static long resumed(List<SessionJson> sessions, String role) {
        return sessions.stream()
                .filter(line -> line.at("almosttls.role").equals(role))
                .filter(line -> line.at("tls.resumed").equals("true"))
                .count();
    }
}
