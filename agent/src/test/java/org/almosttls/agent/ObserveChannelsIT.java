package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sample.testkit.ChildJvm;
import sample.testkit.SessionJson;
import sample.testkit.ThrowAwayKeys;

/** Engines that know no address are found by the octets that channels have of them. */
@Timeout(300)
class ObserveChannelsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern SESSION = Pattern.compile("^\\{.*}$");

    @TempDir
    private static Path keyFolder;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeKeys() {
        var keys = ThrowAwayKeys.in(keyFolder);
        keys.serverEc();
    }

    private static String path() {
        return Stream.concat(Stream.of(Path.of("target", "test-classes")), AgentJvm.libraries("netty").stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Map<String, SessionJson> watch(String way, String stack) throws Exception {
        var log = folder.resolve("tls.jsonl");
        var outcome = new AgentJvm()
                .agent("mode=observe,log=" + log)
                .with("-cp", path(), WatchedChannels.class.getName())
                .with(keyFolder.toString(), way, stack)
                .run();
        assertEquals(0, outcome.exitCode(), outcome::toString);
        assertTrue(outcome.out().contains("server=done"), outcome::toString);
        var lines = new TreeMap<String, SessionJson>();
        for (String line : Files.readAllLines(log)) {
            var session = SessionJson.parse(line);
            assertEquals("success", session.at("event.outcome"), line);
            assertEquals(null, lines.put(session.at("almosttls.role"), session));
        }
        return lines;
    }

    private static boolean isMissing(SessionJson line, String field) {
        return line.values().entrySet().stream()
                .anyMatch(each -> each.getKey().startsWith("almosttls.missing.")
                        && each.getValue().equals(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SunJSSE", "Netty"})
    void bothEndsAreFoundByTheClientHello(String stack) throws Exception {
        var lines = watch("direct", stack);
        for (String end : new String[] {"peer", "local"}) {
            String other = end.equals("peer") ? "local" : "peer";
            assertEquals(
                    lines.get("client").at("network." + end + ".port"),
                    lines.get("server").at("network." + other + ".port"));
            assertEquals("127.0.0.1", lines.get("server").at("network." + end + ".address"));
        }
        for (var line : lines.values()) assertEquals(false, isMissing(line, "network.peer.address"), line::toString);
    }

    @Test
    void aClientHelloThatTwoChannelsHaveReadTellsNothing() throws Exception {
        var lines = watch("copied", "SunJSSE");
        assertTrue(isMissing(lines.get("server"), "network.peer.address"), lines::toString);
        assertTrue(isMissing(lines.get("server"), "network.peer.port"), lines::toString);
        assertEquals(null, lines.get("server").values().get("network.peer.address"));
        assertEquals("127.0.0.1", lines.get("client").at("network.peer.address"));
    }

    /** Nobody has taken close_notify from an engine, or handed one to it: the closed channel is the end. */
    @Test
    void whatIsLeftByItsChannelEndsThere() {
        var words = List.of(
                "-javaagent:" + AgentJvm.JAR + "=mode=observe,log=stderr,format=json",
                "-cp",
                path(),
                WatchedChannels.class.getName(),
                keyFolder.toString(),
                "left",
                "SunJSSE");
        try (ChildJvm jvm = ChildJvm.start(words)) {
            var roles = new TreeSet<String>();
            for (int i = 0; i < 2; i++) {
                var line =
                        SessionJson.parse(jvm.awaitErrorLine(SESSION, PATIENCE).group());
                roles.add(line.at("almosttls.role"));
                assertEquals("abandoned", line.at("almosttls.ended"), line::toString);
                assertEquals("4", line.at("almosttls.bytes.received"), line::toString);
            }
            assertEquals(Set.of("client", "server"), roles);
            jvm.stdin().close();
            assertEquals(0, jvm.waitFor(PATIENCE), jvm::stderr);
        }
    }
}
