package org.almosttls.real;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.almosttls.real.WebServer.Software;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sample.testkit.ChildJvm;
import sample.testkit.FreePort;
import sample.testkit.ThrowAwayKeys;

/** Servers that do TLS themselves, at ports where connections in plaintext become TLS, are left alone. */
@Timeout(300)
class OwnTlsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern LISTENING = Pattern.compile("^listening on (\\d+) and (\\d+)$");
    private static final Pattern LINE = Pattern.compile("^AlmostTLS: left alone: .*$");
    private static final String OWN = "AlmostTLS: left alone: server at port %d; TLS of the application's own";
    private static final String ALL = "1024-65535";
    private static final String ITSELF = "hello stranger by itself";
    private static final String UPGRADED = "hello stranger by the upgrade";
    private static final Pattern BOOT = Pattern.compile("^listening on (\\d+)$");
    private static final int VISITS = 4;
    private static final int VISITORS = 8;
    private static final int ROUNDS = 60;

    @TempDir
    private static Path folder;

    private static Identities identities;
    private static SSLContext client;

    @BeforeAll
    static void makeKeys() throws Exception {
        identities = Identities.in(folder);
        KeyStore store = KeyStore.getInstance(identities.keys().trustStore().toFile(), password());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        client = SSLContext.getInstance("TLS");
        client.init(null, trust.getTrustManagers(), null);
    }

    private static char[] password() {
        return ThrowAwayKeys.PASSWORD.toCharArray();
    }

    private static Certificate certificate(Path store) throws IOException, GeneralSecurityException {
        KeyStore opened = KeyStore.getInstance(store.toFile(), password());
        return opened.getCertificate(Collections.list(opened.aliases()).get(0));
    }

    private static List<String> agent(String mode, String ports) throws IOException {
        return Plaintext.upgrade(mode, ports, identities.keys().either());
    }

    private static ChildJvm start(List<String> agent, String mainClass, String... arguments) {
        List<String> words = new ArrayList<>(Way.SMALL);
        words.addAll(agent);
        words.addAll(identities.server());
        words.addAll(List.of("-cp", Way.softwarePath(), mainClass));
        words.addAll(List.of(arguments));
        return ChildJvm.start(words);
    }

    /** What a stranger is told on a connection of its own, and by whom. */
    private static String visit(int port) throws Exception {
        var connection = (HttpsURLConnection)
                URI.create("https://localhost:" + port + "/").toURL().openConnection();
        connection.setSSLSocketFactory(client.getSocketFactory());
        connection.setReadTimeout((int) PATIENCE.toMillis());
        try (InputStream in = connection.getInputStream()) {
            String greeting = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return greeting + " by " + whose(connection.getServerCertificates()[0]);
        } finally {
            connection.disconnect();
        }
    }

    private static String whose(Certificate shown) throws Exception {
        ThrowAwayKeys keys = identities.keys();
        if (shown.equals(certificate(keys.either()))) return "the upgrade";
        boolean own = shown.equals(certificate(keys.serverRsa())) || shown.equals(certificate(keys.serverEc()));
        return own ? "itself" : "somebody else";
    }

    @ParameterizedTest
    @CsvSource({
        "permissive, JDK",
        "permissive, TOMCAT",
        "permissive, NETTY",
        "permissive, JETTY",
        "strict, JDK",
        "strict, TOMCAT",
        "strict, NETTY",
        "strict, JETTY"
    })
    void itIsLeftAloneAndThatIsSaidOnce(String mode, Software software) throws Exception {
        try (ChildJvm server = start(agent(mode, ALL), software.mainClass())) {
            int port = Integer.parseInt(server.awaitLine(LISTENING, PATIENCE).group(1));
            for (int i = 0; i < VISITS; i++) assertEquals(ITSELF, visit(port), server::stderr);
            server.awaitErrorLine(LINE, PATIENCE);
            assertEquals(List.of(String.format(OWN, port)), told(server));
        }
    }

    /** A site of Spring Boot, whose classes only a loader of its own can read. */
    @ParameterizedTest
    @ValueSource(strings = {"permissive", "strict"})
    void soIsOneInAJarOfJars(String mode) throws Exception {
        List<String> words = Stream.of(Way.SMALL, agent(mode, ALL), identities.server())
                .flatMap(List::stream)
                .toList();
        String[] options = Stream.concat(
                        Stream.of("--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off"),
                        BootIT.tls(identities.keys(), "none"))
                .toArray(String[]::new);
        try (ChildJvm site = ChildJvm.start(words, BootJar.in(folder), options)) {
            int port = Integer.parseInt(site.awaitLine(BOOT, PATIENCE).group(1));
            for (int i = 0; i < VISITS; i++) assertEquals(ITSELF, visit(port), site::stderr);
            site.awaitErrorLine(LINE, PATIENCE);
            assertEquals(List.of(String.format(OWN, port)), told(site));
        }
    }

    /** All of it in one thread of Netty's, which has both kinds of connections at a time, whether both ports are named or one. */
    @ParameterizedTest
    @CsvSource({"permissive, true", "permissive, false", "strict, true", "strict, false"})
    void plaintextInTheSameThreadIsUpgradedAllTheSame(String mode, boolean bothAreNamed) throws Exception {
        int named = FreePort.find();
        List<String> agent = agent(mode, bothAreNamed ? ALL : "" + named);
        try (ChildJvm server = start(agent, "ordinary.web.NettyPair", "" + named)) {
            int other = Integer.parseInt(server.awaitLine(LISTENING, PATIENCE).group(2));
            ExecutorService visitors = Executors.newFixedThreadPool(VISITORS);
            List<Future<String>> upgraded = new ArrayList<>();
            List<Future<String>> untouched = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                upgraded.add(visitors.submit(() -> visit(named)));
                untouched.add(visitors.submit(() -> visit(other)));
            }
            visitors.shutdown();
            for (Future<String> each : upgraded) assertEquals(UPGRADED, each.get(), server::stderr);
            for (Future<String> each : untouched) assertEquals(ITSELF, each.get(), server::stderr);
            assertEquals(bothAreNamed ? List.of(String.format(OWN, other)) : List.of(), told(server));
        }
    }

    private static List<String> told(ChildJvm server) {
        return server.stderr()
                .lines()
                .filter(line -> line.startsWith("AlmostTLS: "))
                .toList();
    }
}
