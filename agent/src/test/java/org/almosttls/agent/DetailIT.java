package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.agent.Target.Answer;
import org.almosttls.agent.Target.Verb;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code detail} and {@code keylog} of the agent's options do, from the start and while the application runs. */
@Timeout(600)
class DetailIT {

    @TempDir
    private Path folder;

    private Path log;
    private Path keys;

    @BeforeEach
    void nameFiles() {
        log = folder.resolve("tls.jsonl");
        keys = folder.resolve("keys.txt");
    }

    private static void set(Target target, String words) throws Exception {
        Answer answer = target.tell(Verb.SET, words);
        assertTrue(answer.done(), answer::toString);
    }

    private static void fetch(Target target, HttpsPage server) throws IOException {
        assertEquals("200", target.ask("fetch:" + server.address()));
    }

    private Target start(HttpsPage server, String options) throws Exception {
        String agent = "-javaagent:" + AgentJvm.JAR + "=log=" + log + options;
        return Target.start(
                folder,
                Stream.concat(Stream.of(server.trustOptions()), Stream.of(agent))
                        .toArray(String[]::new));
    }

    /** How many lines of this kind there are. */
    private long lines(String kind) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains("\"kind\":\"" + kind + "\""))
                .count();
    }

    private void run(String options) throws Exception {
        try (HttpsPage server = new HttpsPage(folder);
                Target target = start(server, options)) {
            fetch(target, server);
            // The connection may be kept for another request: now it is told.
            assertTrue(target.tell(Verb.DETACH, "").done());
        }
    }

    private String all() throws IOException {
        return Files.readString(log);
    }

    @Test
    void withoutTheWordThereAreSessionsOnly() throws Exception {
        run("");
        assertEquals(1, lines("session"));
        assertEquals(1, Files.readAllLines(log).size());
    }

    @Test
    void eachMessageOfOurStackIsToldBeforeTheSession() throws Exception {
        run(",detail=handshake");
        for (String name :
                List.of("ClientHello", "ServerHello", "EncryptedExtensions", "CertificateVerify", "Finished"))
            assertTrue(all().contains("\"name\":\"" + name + "\""), name);
        assertEquals(0, lines("record"));
        assertEquals(1, lines("session"));
    }

    @Test
    void eachRecordOfOurStackIsTold() throws Exception {
        run(",detail=record");
        assertTrue(all().contains("\"keys\":\"client_application_traffic_secret_0\",\"record\":"), all());
        assertTrue(lines("record") > 5, all());
        assertFalse(all().contains(HttpsPage.TEXT));
    }

    @Test
    void ofAnotherStackIsToldWhatPassesInPlaintext() throws Exception {
        run(",mode=observe,detail=record");
        assertTrue(all().contains("\"name\":\"ClientHello\""), all());
        assertTrue(all().contains("\"name\":\"ServerHello\""), all());
        assertFalse(all().contains("\"name\":\"Finished\""), all());
        assertTrue(all().contains("\"protected\":true,\"record\":{\"type\":\"application_data\""), all());
        assertFalse(all().contains("\"sequence\""), all());
    }

    @Test
    void detailIsSetWhileTheApplicationRuns() throws Exception {
        try (HttpsPage server = new HttpsPage(folder);
                Target target = start(server, "")) {
            fetch(target, server);
            set(target, "detail=handshake");
            Answer status = target.tell(Verb.STATUS, "");
            assertTrue(String.join("\n", status.lines()).contains("json, detail handshake"), status::toString);
            fetch(target, server);
            set(target, "detail=session");
            fetch(target, server);
            assertTrue(target.tell(Verb.DETACH, "").done());
        }
        assertEquals(3, lines("session"));
        assertEquals(1, all().split("\"name\":\"ServerHello\"", -1).length - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode=install", "mode=observe"})
    void aKeyLogBeginsAndEndsWhileTheApplicationRuns(String mode) throws Exception {
        try (HttpsPage server = new HttpsPage(folder);
                Target target = start(server, "," + mode)) {
            fetch(target, server);
            assertFalse(Files.exists(keys));
            Answer refused = target.tell(Verb.SET, "keylog=" + keys);
            assertFalse(refused.done());
            assertTrue(refused.lines().get(0).contains("needs secrets=expose as well"), refused::toString);
            set(target, "keylog=" + keys + ",secrets=expose");
            fetch(target, server);
            set(target, "keylog=off");
            int written = Files.readAllLines(keys).size();
            assertTrue(written >= 4, mode + " " + written);
            fetch(target, server);
            assertFalse(target.tell(Verb.SET, "keylog=" + keys).done());
            assertEquals(written, Files.readAllLines(keys).size());
            assertTrue(target.err().stream().anyMatch(line -> line.contains("THE SECRETS OF ALL SESSIONS")));
        }
    }
}
