package org.almosttls.real;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sample.testkit.ChildJvm;
import sample.testkit.ThrowAwayKeys;

/** A site of Spring Boot and its client, each in a JVM of its own from a jar of jars: as they are, and with the agent. */
@Timeout(300)
class BootIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Pattern LISTENING = Pattern.compile("^listening on (\\d+)$");

    @TempDir
    private static Path folder;

    private static Identities identities;
    private static Path jar;

    /** Both JVMs, which have ended. */
    private record Talk(ChildJvm site, ChildJvm client) {

        String said() {
            return site.stdout().replaceAll("\\d+", "PORT") + client.stdout();
        }

        /** One session, of which both ends tell the same. */
        void assertToldBy(Way way) {
            Told byClient = Told.by(way, client, "client");
            assertEquals(1, byClient.count(), client::stderr);
            assertEquals(byClient.lines(), Told.by(way, site, "server").lines(), site::stderr);
        }
    }

    @BeforeAll
    static void pack() throws Exception {
        identities = Identities.in(folder);
        jar = BootJar.in(folder);
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"AGENT", "OBSERVED"})
    void theSameIsSaidOverTlsAndToldAtBothEnds(Way way) {
        Talk asItIs = talk("https", List.of(), List.of(), tls());
        assertEquals("listening on PORT\nhello CN=client and all back\n", asItIs.said());
        Talk with = talk("https", way.install(), way.install(), tls());
        assertEquals(asItIs.said(), with.said());
        with.assertToldBy(way);
        Told.assertEachOnceAndPlaced(with.client());
    }

    @Test
    void theSameIsSaidInPlaintextAndUpgraded() {
        Talk asItIs = talk("http", List.of(), List.of(), List.of());
        assertEquals("listening on PORT\nhello stranger and all back\n", asItIs.said());
        ThrowAwayKeys keys = identities.keys();
        Talk upgraded = talk(
                "http",
                Plaintext.UPGRADED.install(identities, keys.serverEc()),
                Plaintext.UPGRADED.install(identities, keys.client()),
                List.of());
        assertEquals(asItIs.said(), upgraded.said());
        upgraded.assertToldBy(Way.AGENT);
        Told.assertEachOnceAndPlaced(upgraded.site());
    }

    private static Talk talk(String scheme, List<String> atSite, List<String> atClient, List<String> properties) {
        List<String> options = Stream.concat(
                        Stream.of("--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off"),
                        properties.stream())
                .toList();
        try (ChildJvm site = start(atSite, options)) {
            String address = scheme + "://localhost:"
                    + site.awaitLine(LISTENING, PATIENCE).group(1) + "/";
            List<String> more = Stream.concat(atClient.stream(), identities.client().stream())
                    .toList();
            try (ChildJvm client = start(more, List.of("visit", address))) {
                assertEquals(0, client.waitFor(PATIENCE), client::stderr);
                site.terminate();
                site.waitFor(PATIENCE);
                return new Talk(site, client);
            }
        }
    }

    private static ChildJvm start(List<String> jvmArguments, List<String> arguments) {
        List<String> words = new ArrayList<>(Way.SMALL);
        words.addAll(jvmArguments);
        return ChildJvm.start(words, jar, arguments.toArray(String[]::new));
    }

    private static List<String> tls() {
        return tls(identities.keys(), "need").toList();
    }

    static Stream<String> tls(ThrowAwayKeys keys, String clients) {
        return Stream.of(
                "--server.ssl.key-store=" + keys.serverRsa(),
                "--server.ssl.key-store-password=" + ThrowAwayKeys.PASSWORD,
                "--server.ssl.trust-store=" + keys.trustStore(),
                "--server.ssl.trust-store-password=" + ThrowAwayKeys.PASSWORD,
                "--server.ssl.client-auth=" + clients);
    }
}
