package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sample.testkit.ChildJvm;
import sample.testkit.SampleApp;
import sample.testkit.SampleApp.Server;
import sample.testkit.SessionJson;
import sample.testkit.ThrowAwayKeys;

/** The session log goes where the agent's options say, and how. */
@Timeout(300)
class AgentLogIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TEXT = "AlmostTLS \\S+ client > localhost:\\d+ .*\\| TLSv1\\.3 TLS_.*";
    private static final String JSON = "\\{\"@timestamp\":.*}";

    @TempDir
    private static Path keyFolder;

    private static ThrowAwayKeys keys;
    private static Server server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        keys = ThrowAwayKeys.in(keyFolder);
        server = SampleApp.httpsServer(List.of(), keys.serverEc());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private ChildJvm fetch(String options, String... more) {
        List<String> arguments = new ArrayList<>(List.of("-javaagent:" + AgentJvm.JAR + options));
        arguments.addAll(List.of(more));
        arguments.addAll(keys.trustArguments());
        ChildJvm client =
                SampleApp.start(arguments, "url-client", server.address().toString());
        assertEquals(0, client.waitFor(PATIENCE), () -> client.stdout() + client.stderr());
        return client;
    }

    private static List<String> sessions(String said) {
        return said.lines()
                .filter(line -> line.matches(TEXT) || line.matches(JSON))
                .toList();
    }

    @Test
    void withoutAWordASessionIsALineOfTextOnStderr() {
        ChildJvm client = fetch("");
        assertTrue(client.stderr().matches(TEXT + "\n"), client.stderr());
        assertEquals(List.of(), sessions(client.stdout()));
    }

    @ParameterizedTest
    @CsvSource({"stdout, text", "stdout, json"})
    void onStdoutItIsAmongTheApplicationsLines(String log, String format) {
        ChildJvm client = fetch("=log=" + log + ",format=" + format);
        assertEquals("", client.stderr());
        List<String> sessions = sessions(client.stdout());
        assertEquals(1, sessions.size(), client::stdout);
        assertTrue(sessions.get(0).matches(format.equals("json") ? JSON : TEXT), sessions::toString);
    }

    @Test
    void inAFileItIsJsonAndTheFileIsNamedAfterTheProcess() throws IOException {
        ChildJvm client = fetch("=log=" + folder.resolve("tls-%p.jsonl"));
        assertEquals("", client.stderr());
        List<String> lines = Files.readAllLines(folder.resolve("tls-" + client.pid() + ".jsonl"));
        assertEquals(1, lines.size(), lines::toString);
        SessionJson session = SessionJson.parse(lines.get(0));
        assertEquals(Long.toString(client.pid()), session.at("process.pid"));
        assertEquals("AlmostTLS", session.at("almosttls.provider"));
    }

    @Test
    void aFileGetsOneSessionAfterTheOther() throws IOException {
        Path log = folder.resolve("tls.log");
        fetch("=format=text,log=" + log);
        fetch("=format=text,log=" + log);
        List<String> lines = Files.readAllLines(log);
        assertEquals(2, lines.size(), lines::toString);
        assertTrue(lines.stream().allMatch(line -> line.matches(TEXT)), lines::toString);
    }

    @Test
    void aSystemPropertyIsHeardOnceAndNotByTheProviderToo() throws IOException {
        Path log = folder.resolve("tls.jsonl");
        ChildJvm client = fetch("", "-Dalmosttls.log=" + log);
        assertEquals("", client.stderr());
        assertEquals(1, Files.readAllLines(log).size());
    }

    @Test
    void whatTheAgentSaysWinsOverTheProperty() throws IOException {
        Path other = folder.resolve("other.jsonl");
        ChildJvm client = fetch("=log=stderr", "-Dalmosttls.log=" + other);
        assertEquals(1, sessions(client.stderr()).size(), client::stderr);
        try (Stream<Path> made = Files.list(folder)) {
            assertEquals(List.of(), made.toList());
        }
    }
}
