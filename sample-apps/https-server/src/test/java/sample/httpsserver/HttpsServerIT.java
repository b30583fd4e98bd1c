package sample.httpsserver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sample.testkit.ChildJvm;
import sample.testkit.JdkTool;
import sample.testkit.Readme;
import sample.testkit.SampleApp;
import sample.testkit.ThrowAwayKeys;

/** The built jar in a JVM of its own, under the stock provider. */
@Timeout(180)
class HttpsServerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SIGTERM = 128 + 15;

    @TempDir
    static Path folder;

    private static ThrowAwayKeys keys;
    private static SampleApp.Server server;

    @BeforeAll
    static void start() {
        keys = ThrowAwayKeys.in(folder);
        server = SampleApp.httpsServer(keys.trustArguments(), keys.serverRsa(), "--client-auth", "want");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void tellsAboutTheConnection() throws Exception {
        var answer = fetch(Clients.trusting(keys), server.address());
        assertEquals(200, answer.statusCode());
        var session = answer.sslSession().orElseThrow();
        String told = "protocol " + session.getProtocol() + "\ncipher suite " + session.getCipherSuite() + "\n";
        assertEquals(told, text(answer));
    }

    @Test
    void namesTheClientThatShowsACertificate() throws Exception {
        var answer = fetch(Clients.trustingAndShowing(keys, keys.client()), server.address());
        assertTrue(text(answer).endsWith("\nclient CN=client\n"), text(answer));
    }

    @Test
    void echoesTheBody() throws Exception {
        byte[] body = new byte[100_000];
        new Random(1).nextBytes(body);
        for (byte[] sent : List.of(body, new byte[0])) {
            var request = request(server.address().resolve("/echo"))
                    .POST(BodyPublishers.ofByteArray(sent))
                    .build();
            assertArrayEquals(
                    sent,
                    Clients.trusting(keys)
                            .send(request, BodyHandlers.ofByteArray())
                            .body());
        }
    }

    @Test
    void servesAsManyBytesAsAskedFor() throws Exception {
        for (int bytes : List.of(0, 1, 27, 1_000_000)) {
            byte[] expected = new byte[bytes];
            for (int i = 0; i < bytes; i++) {
                expected[i] = (byte) ('a' + i % 26);
            }
            var answer = fetch(Clients.trusting(keys), server.address().resolve("/big?bytes=" + bytes));
            assertArrayEquals(expected, answer.body());
        }
    }

    @Test
    void refusesWhatItDoesNotServe() throws Exception {
        var client = Clients.trusting(keys);
        assertEquals(404, fetch(client, server.address().resolve("/other")).statusCode());
        assertEquals(405, fetch(client, server.address().resolve("/echo")).statusCode());
        assertEquals(
                400, fetch(client, server.address().resolve("/big?bytes=many")).statusCode());
        assertEquals(400, fetch(client, server.address().resolve("/big")).statusCode());
    }

    @Test
    void refusesAnonymousClientsIfACertificateIsNeeded() throws Exception {
        var anonymous = Clients.trusting(keys);
        try (var strict = SampleApp.httpsServer(keys.trustArguments(), keys.serverRsa(), "--client-auth", "need")) {
            assertThrows(IOException.class, () -> fetch(anonymous, strict.address()));
            var known = fetch(Clients.trustingAndShowing(keys, keys.client()), strict.address());
            assertEquals(200, known.statusCode());
        }
    }

    @Test
    void servesWithAnEcKeyOfTheJvmsOwnKeyStore() throws Exception {
        var jvm = SampleApp.start(ThrowAwayKeys.keyArguments(keys.serverEc()), "https-server", "--port", "0");
        try (var started = SampleApp.await(jvm)) {
            var session = fetch(Clients.trusting(keys), started.address()).sslSession();
            var certificate = session.orElseThrow().getPeerCertificates()[0];
            assertEquals("EC", certificate.getPublicKey().getAlgorithm());
        }
    }

    @Test
    void endsAtTheEndOfStdin() throws Exception {
        try (var started = SampleApp.httpsServer(List.of(), keys.serverRsa(), "--until-eof")) {
            fetch(Clients.trusting(keys), started.address());
            started.jvm().stdin().close();
            assertEquals(0, started.jvm().waitFor(PATIENCE));
            assertEquals(
                    "listening on " + started.address() + "\n", started.jvm().stdout());
            assertEquals("", started.jvm().stderr());
        }
    }

    @Test
    void endsOnSigterm() {
        try (var started = SampleApp.httpsServer(List.of(), keys.serverRsa())) {
            started.jvm().terminate();
            assertEquals(SIGTERM, started.jvm().waitFor(PATIENCE));
            assertEquals("", started.jvm().stderr());
        }
    }

    @Test
    void tellsHowToUseIt() {
        try (var jvm = SampleApp.start(List.of(), "https-server", "--prot", "1")) {
            assertEquals(2, jvm.waitFor(PATIENCE));
            assertTrue(jvm.stderr().startsWith("https-server: unknown option --prot\nusage: "), jvm.stderr());
        }
    }

    @Test
    void theReadmesCommandsAreTrue(@TempDir Path typedHere) throws Exception {
        for (var arguments : Readme.commands("keytool", "")) {
            JdkTool.run(typedHere, "keytool", arguments);
        }
        var arguments =
                Readme.retold(Readme.commands("java", "https-server.jar").get(0), typedHere, 0);
        try (var started = SampleApp.await(ChildJvm.start(arguments))) {
            var client = Clients.trusting(typedHere.resolve("trust.p12"));
            assertEquals(200, fetch(client, started.address()).statusCode());
        }
    }

    private static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(PATIENCE);
    }

    private static HttpResponse<byte[]> fetch(HttpClient client, URI uri) throws IOException, InterruptedException {
        return client.send(request(uri).build(), BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
