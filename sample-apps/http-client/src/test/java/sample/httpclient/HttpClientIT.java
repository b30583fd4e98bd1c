package sample.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sample.testkit.ChildJvm;
import sample.testkit.Readme;
import sample.testkit.SampleApp;
import sample.testkit.ThrowAwayKeys;

/** The built jar in a JVM of its own, against the {@code https-server}, both under the stock provider. */
@Timeout(180)
class HttpClientIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PREFIX =
            "status 200\nversion HTTP_1_1\nprotocol TLSv1\\.[23]\ncipher suite TLS_\\w+\n\n";

    @TempDir
    static Path folder;

    private static ThrowAwayKeys keys;
    private static SampleApp.Server server;

    @BeforeAll
    static void start() {
        keys = ThrowAwayKeys.in(folder);
        server = SampleApp.httpsServer(List.of(), keys.serverEc());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void printsStatusVersionsAndBody() {
        String said = succeed(url("/"));
        assertTrue(said.matches(PREFIX + "protocol TLSv1\\.[23]\ncipher suite TLS_\\w+\n"), said);
        List<String> lines = said.lines().toList();
        assertEquals(lines.subList(2, 4), lines.subList(5, 7), "both ends name the same protocol and suite");
    }

    @Test
    void postsText() {
        String said = succeed(url("/echo"), "--post", "some text", "--async");
        assertTrue(said.matches(PREFIX + "some text\n"), said);
    }

    @Test
    void postsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("letter.txt"), "line one\nline two\n");
        String said = succeed(url("/echo"), "--post", file.toString());
        assertTrue(said.matches(PREFIX + "line one\nline two\n"), said);
    }

    @Test
    void readsManyAnswersOfManyRecordsAtOnce() {
        String said = succeed(url("/big?bytes=100000"), "--times", "5", "--async");
        // A body has no line end, so the next answer's status follows it in the same line.
        assertEquals(
                5,
                said.lines()
                        .filter(line -> line.matches("[a-z]{100000}(status 200)?"))
                        .count());
    }

    @Test
    void fetchesSeveralTimes() {
        assertEquals(
                3,
                succeed(url("/"), "--times", "3")
                        .lines()
                        .filter("status 200"::equals)
                        .count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--times 1", "--async"})
    void refusesAnAuthorityItDoesNotTrust(String how) {
        assertTrue(fail(List.of(), url("/"), how).contains("PKIX path building failed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--times 1", "--async"})
    void refusesACertificateOfAnotherName(String how) {
        try (var elsewhere = SampleApp.httpsServer(List.of(), keys.serverOfAnotherName())) {
            String said = fail(keys.trustArguments(), elsewhere.address().toString(), how);
            assertTrue(said.contains("No subject alternative DNS name matching localhost found"), said);
        }
    }

    @Test
    void tellsHowToUseIt() {
        for (var args : List.of(new String[0], new String[] {url("/"), "--bogus"}, new String[] {"localhost"})) {
            try (var jvm = SampleApp.start(List.of(), "http-client", args)) {
                assertEquals(2, jvm.waitFor(PATIENCE));
                assertTrue(jvm.stderr().contains("usage: http-client URL"), jvm.stderr());
            }
        }
    }

    @Test
    void theReadmesCommandsAreTrue() {
        for (var command : Readme.commands("java", "http-client.jar")) {
            try (var jvm = ChildJvm.start(Readme.retold(command, folder, server.port()))) {
                assertEquals(0, jvm.waitFor(PATIENCE), jvm::stderr);
                assertTrue(jvm.stdout().startsWith("status 200\n"), jvm.stdout());
            }
        }
    }

    private static String url(String path) {
        return server.address().resolve(path).toString();
    }

    private static String succeed(String... args) {
        try (var jvm = SampleApp.start(keys.trustArguments(), "http-client", args)) {
            assertEquals(0, jvm.waitFor(PATIENCE), jvm::stderr);
            assertEquals("", jvm.stderr());
            return jvm.stdout();
        }
    }

    private static String fail(List<String> jvmArgs, String url, String how) {
        String[] args = (url + " " + how).split(" ");
        try (var jvm = SampleApp.start(jvmArgs, "http-client", args)) {
            assertEquals(1, jvm.waitFor(PATIENCE));
            assertEquals("", jvm.stdout());
            return jvm.stderr();
        }
    }
}
