package sample.urlclient;

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
import sample.testkit.ChildJvm;
import sample.testkit.Readme;
import sample.testkit.SampleApp;
import sample.testkit.ThrowAwayKeys;

/** The built jar in a JVM of its own, against the {@code https-server}, both under the stock provider. */
@Timeout(180)
class UrlClientIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PREFIX = "status 200\ncipher suite TLS_[A-Z0-9_]+\n\n";

    @TempDir
    static Path folder;

    private static ThrowAwayKeys keys;
    private static SampleApp.Server server;

    @BeforeAll
    static void start() {
        keys = ThrowAwayKeys.in(folder);
        server = SampleApp.httpsServer(List.of(), keys.serverRsa());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void printsStatusCipherSuiteAndBody() {
        String said = succeed(url("/"));
        assertTrue(said.matches(PREFIX + "protocol TLSv1\\.[23]\ncipher suite TLS_[A-Z0-9_]+\n"), said);
        List<String> lines = said.lines().toList();
        assertEquals(lines.get(1), lines.get(4), "both ends name the same suite");
    }

    @Test
    void postsText() {
        String said = succeed(url("/echo"), "--post", "some text");
        assertTrue(said.matches(PREFIX + "some text\n"), said);
    }

    @Test
    void postsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("letter.txt"), "line one\nline two\n");
        String said = succeed(url("/echo"), "--post", file.toString());
        assertTrue(said.matches(PREFIX + "line one\nline two\n"), said);
    }

    @Test
    void readsAnAnswerOfManyRecords() {
        String said = succeed(url("/big?bytes=100000"));
        assertEquals(100_000, said.lines().skip(3).findFirst().orElseThrow().length());
    }

    @Test
    void fetchesSeveralTimes() {
        String said = succeed(url("/"), "--times", "3");
        assertEquals(3, said.lines().filter("status 200"::equals).count());
    }

    @Test
    void printsAnErrorPageToo() {
        String said = succeed(url("/other"));
        assertTrue(said.matches("status 404\ncipher suite \\S+\n\nno such page\n"), said);
    }

    @Test
    void refusesAnAuthorityItDoesNotTrust() {
        assertTrue(fail(List.of(), url("/")).contains("PKIX path building failed"));
    }

    @Test
    void refusesACertificateOfAnotherName() {
        try (var elsewhere = SampleApp.httpsServer(List.of(), keys.serverOfAnotherName())) {
            String said = fail(keys.trustArguments(), elsewhere.address().toString());
            assertTrue(said.contains("No subject alternative DNS name matching localhost found"), said);
        }
    }

    @Test
    void tellsHowToUseIt() {
        for (var args :
                List.of(new String[0], new String[] {url("/"), "--bogus"}, new String[] {"http://localhost/"})) {
            try (var jvm = SampleApp.start(List.of(), "url-client", args)) {
                assertEquals(2, jvm.waitFor(PATIENCE));
                assertTrue(jvm.stderr().contains("usage: url-client URL"), jvm.stderr());
            }
        }
    }

    @Test
    void theReadmesCommandsAreTrue() {
        for (var command : Readme.commands("java", "url-client.jar")) {
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
        try (var jvm = SampleApp.start(keys.trustArguments(), "url-client", args)) {
            assertEquals(0, jvm.waitFor(PATIENCE), jvm::stderr);
            assertEquals("", jvm.stderr());
            return jvm.stdout();
        }
    }

    private static String fail(List<String> jvmArgs, String... args) {
        try (var jvm = SampleApp.start(jvmArgs, "url-client", args)) {
            assertEquals(1, jvm.waitFor(PATIENCE));
            assertEquals("", jvm.stdout());
            return jvm.stderr();
        }
    }
}
