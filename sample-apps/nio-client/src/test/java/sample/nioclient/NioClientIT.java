package sample.nioclient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
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
class NioClientIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

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

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void printsTheAnswer(String protocol) {
        try (var jvm = SampleApp.start(trusting("-Djdk.tls.client.protocols=" + protocol), "nio-client", url("/"))) {
            assertEquals(0, jvm.waitFor(PATIENCE), jvm::stderr);
            List<String> lines = jvm.stdout().lines().toList();
            assertEquals("protocol " + protocol, lines.get(0));
            assertEquals("HTTP/1.1 200 OK", lines.get(3));
            assertEquals(lines.subList(0, 2), lines.subList(lines.size() - 2, lines.size()), "both ends say the same");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16_384, 1_000_000})
    void readsAnswersOfAnyLength(int bytes) {
        try (var jvm = SampleApp.start(keys.trustArguments(), "nio-client", url("/big?bytes=" + bytes))) {
            assertEquals(0, jvm.waitFor(PATIENCE), jvm::stderr);
            List<String> lines = jvm.stdout().lines().toList();
            String body = lines.subList(lines.lastIndexOf("") + 1, lines.size()).stream()
                    .findFirst()
                    .orElse("");
            assertEquals(bytes, body.length());
        }
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
        for (var args : List.of(new String[0], new String[] {"http://localhost/"})) {
            try (var jvm = SampleApp.start(List.of(), "nio-client", args)) {
                assertEquals(2, jvm.waitFor(PATIENCE));
                assertTrue(jvm.stderr().startsWith("usage: nio-client https://"), jvm.stderr());
            }
        }
    }

    @Test
    void theReadmesCommandsAreTrue() {
        for (var command : Readme.commands("java", "nio-client.jar")) {
            try (var jvm = ChildJvm.start(Readme.retold(command, folder, server.port()))) {
                assertEquals(0, jvm.waitFor(PATIENCE), jvm::stderr);
                assertTrue(jvm.stdout().contains("\nHTTP/1.1 200 OK\n"), jvm.stdout());
            }
        }
    }

    private static List<String> trusting(String more) {
        return Stream.concat(keys.trustArguments().stream(), Stream.of(more)).toList();
    }

    private static String url(String path) {
        return server.address().resolve(path).toString();
    }

    private static String fail(List<String> jvmArgs, String url) {
        try (var jvm = SampleApp.start(jvmArgs, "nio-client", url)) {
            assertEquals(1, jvm.waitFor(PATIENCE));
            assertEquals("", jvm.stdout());
            return jvm.stderr();
        }
    }
}
