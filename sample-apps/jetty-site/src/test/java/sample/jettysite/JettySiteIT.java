package sample.jettysite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sample.testkit.SampleApp;
import sample.testkit.ThrowAwayKeys;

/** The built jar in a JVM of its own, under the stock provider. */
@Timeout(180)
class JettySiteIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static ThrowAwayKeys keys;
    private static SampleApp.Server site;

    @BeforeAll
    static void start() {
        keys = ThrowAwayKeys.in(folder);
        site = start(keys.trustArguments(), "--client-auth", "want");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static SampleApp.Server start(List<String> jvmArguments, String... more) {
        return SampleApp.httpsServer("jetty-site", jvmArguments, keys.serverEc(), more);
    }

    @ParameterizedTest
    @CsvSource({"HTTP_2, HTTP/2.0", "HTTP_1_1, HTTP/1.1"})
    void speaksTheVersionOfHttpThatTheClientWouldHave(Version version, String told) throws Exception {
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(keys.trustStore().toFile(), ThrowAwayKeys.PASSWORD.toCharArray()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        var client =
                HttpClient.newBuilder().sslContext(context).version(version).build();
        var answer = client.send(HttpRequest.newBuilder(site.address()).build(), BodyHandlers.ofString());
        var session = answer.sslSession().orElseThrow();
        assertEquals(
                "http " + told + "\nprotocol " + session.getProtocol() + "\ncipher suite " + session.getCipherSuite()
                        + "\n",
                answer.body());
    }

    @Test
    void namesTheClientThatShowsACertificate() {
        List<String> known = new ArrayList<>(keys.trustArguments());
        known.addAll(ThrowAwayKeys.keyArguments(keys.client()));
        try (var client = SampleApp.start(known, "http-client", site.address().toString())) {
            assertEquals(0, client.waitFor(PATIENCE), client::stderr);
            assertTrue(client.stdout().endsWith("\nclient CN=client\n"), client.stdout());
        }
    }

    @Test
    void refusesAnonymousClientsIfACertificateIsNeeded() {
        try (var strict = start(keys.trustArguments(), "--client-auth", "need");
                var client = SampleApp.start(
                        keys.trustArguments(), "http-client", strict.address().toString())) {
            assertEquals(1, client.waitFor(PATIENCE), client::stdout);
        }
    }

    @Test
    void sendsBackWhatWasPosted() {
        String page = site.address().resolve("/echo").toString();
        try (var client = SampleApp.start(keys.trustArguments(), "http-client", page, "--post", "some text")) {
            assertEquals(0, client.waitFor(PATIENCE), client::stderr);
            assertTrue(client.stdout().endsWith("\n\nsome text\n"), client.stdout());
        }
    }

    @Test
    void endsAtTheEndOfStdin() {
        try (var started = start(List.of(), "--until-eof")) {
            started.jvm().stdin().close();
            assertEquals(0, started.jvm().waitFor(PATIENCE));
            assertEquals(
                    "listening on " + started.address() + "\n", started.jvm().stdout());
            assertEquals("", started.jvm().stderr());
        }
    }

    @Test
    void tellsHowToUseIt() {
        try (var jvm = SampleApp.start(List.of(), "jetty-site", "--prot", "1")) {
            assertEquals(2, jvm.waitFor(PATIENCE));
            assertTrue(jvm.stderr().startsWith("jetty-site: unknown option --prot\nusage: "), jvm.stderr());
        }
    }
}
