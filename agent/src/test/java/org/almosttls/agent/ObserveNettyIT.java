package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sample.testkit.SessionJson;
import sample.testkit.ThrowAwayKeys;

/** Sessions of Netty's OpenSSL engine are told with {@code mode=observe}. */
@Timeout(300)
class ObserveNettyIT {

    @TempDir
    private static Path keyFolder;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeKeys() throws Exception {
        ThrowAwayKeys.in(keyFolder).serverEc();
        Keytool.make(keyFolder, "other.p12", "CN=somebody else");
    }

    private Map<String, SessionJson> watch(String trustStore) throws Exception {
        var path = new ArrayList<>(List.of(Path.of("target", "test-classes")));
        path.addAll(AgentJvm.libraries("netty"));
        var places = path.stream().map(Path::toAbsolutePath).map(Path::toString);
        var log = folder.resolve("tls.jsonl");
        var outcome = new AgentJvm()
                .agent("mode=observe,log=" + log)
                .with("-cp", places.collect(Collectors.joining(File.pathSeparator)), WatchedNetty.class.getName())
                .with(keyFolder.toString(), trustStore, log.toString())
                .run();
        assertEquals(0, outcome.exitCode(), outcome::toString);
        var lines = new TreeMap<String, SessionJson>();
        for (String line : Files.readAllLines(log)) {
            var session = SessionJson.parse(line);
            assertEquals(null, lines.put(session.at("almosttls.role"), session));
        }
        return lines;
    }

    @Test
    void aGoodSessionIsToldByBothEnds() throws Exception {
        var lines = watch("trust.p12");
        for (String role : List.of("client", "server")) {
            var line = lines.get(role);
            assertEquals("io.netty.handler.ssl", line.at("almosttls.provider"));
            assertEquals("1.3", line.at("tls.protocol.version"));
            assertEquals("X25519MLKEM768", line.at("tls.curve"));
            assertEquals("close_notify", line.at("almosttls.ended"));
            assertEquals("4", line.at("almosttls.bytes.sent"));
            assertEquals("CN=localhost", line.at("tls.server.subject"));
        }
    }

    @Test
    void aCertificateThatNobodyTrustsIsTheCauseAtTheClientAndAnAlertAtTheServer() throws Exception {
        var lines = watch("other.p12");
        assertEquals("CERTIFICATE_UNTRUSTED", lines.get("client").at("almosttls.diagnosis.code"));
        assertEquals("RECEIVED_BAD_CERTIFICATE", lines.get("server").at("almosttls.diagnosis.code"));
    }
}
