package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sample.testkit.SessionJson;

/** With {@code mode=observe} a session of Netty's OpenSSL engine is told as the same one of the platform's is. */
@Timeout(300)
class ObserveNettyIT {

    private static final WatchedCase[] GOOD = {
        WatchedCase.GOOD13, WatchedCase.GOOD12, WatchedCase.MUTUAL13, WatchedCase.MUTUAL12
    };

    /** What each stack chooses by itself, or each run. */
    private static final List<String> ITS_OWN = List.of(
            "@timestamp",
            "almosttls.connection",
            "almosttls.group",
            "almosttls.handshake.duration",
            "almosttls.ja4",
            "almosttls.post_quantum",
            "almosttls.provider",
            "event.",
            "process.pid",
            "tls.cipher",
            "tls.client.ja3",
            "tls.client.supported_ciphers",
            "tls.curve",
            "tls.server.ja3s");

    @TempDir
    private static Path keyFolder;

    @TempDir
    private Path folder;

    private static WatchedPlay ends;

    @BeforeAll
    static void makeKeys() throws Exception {
        ends = WatchedPlay.withKeysIn(keyFolder);
    }

    private Map<String, SessionJson> watch(String stack) throws Exception {
        var log = folder.resolve(stack + ".jsonl");
        var outcome = ends.play(new AgentJvm().agent("mode=observe,log=" + log), stack, "engine", GOOD);
        assertEquals(0, outcome.exitCode(), outcome::toString);
        var lines = new TreeMap<String, SessionJson>();
        for (String line : Files.readAllLines(log)) {
            var session = SessionJson.parse(line);
            var whose = session.at("process.thread.name") + " " + session.at("almosttls.role");
            assertEquals(null, lines.put(whose, session));
        }
        assertEquals(2 * GOOD.length, lines.size());
        return lines;
    }

    private static Map<String, String> common(SessionJson line) {
        var values = new TreeMap<>(line.values());
        values.keySet().removeIf(field -> ITS_OWN.stream().anyMatch(field::startsWith));
        return values;
    }

    @Test
    void whatIsNotItsOwnChoiceIsToldAsOfThePlatforms() throws Exception {
        var netty = watch("Netty");
        var platform = watch("SunJSSE");
        assertEquals(platform.keySet(), netty.keySet());
        assertAll(netty.entrySet().stream()
                .map(each -> () ->
                        assertEquals(common(platform.get(each.getKey())), common(each.getValue()), each.getKey())));
        for (var line : netty.values()) {
            assertEquals("io.netty.handler.ssl", line.at("almosttls.provider"));
            boolean is13 = line.at("tls.protocol.version").equals("1.3");
            assertEquals(is13 ? "X25519MLKEM768" : "x25519", line.at("tls.curve"));
            assertEquals(Boolean.toString(is13), line.at("almosttls.post_quantum"));
        }
    }
}
