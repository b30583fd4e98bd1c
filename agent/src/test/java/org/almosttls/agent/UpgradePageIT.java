package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.agent.AgentJvm.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import sample.testkit.FreePort;

/**
 * docs/agent.md: each line with {@code upgrade} does as it is written, but for its ports, what the page says to an
 * application that speaks plaintext.
 */
class UpgradePageIT {

    private static final String PEERS = "upgrade.peers=spiffe://example.org/*";
    private static final Path TO_COPY = Path.of("..", "META-INF-templates", "snippets", "upgrade.properties");
    private static final List<String> TALK = List.of("you said one", "300000", "bye", "null");

    @TempDir
    private Path folder;

    static List<String> commands() throws IOException {
        return AgentPage.commands().stream().filter(AgentPage::isUpgrade).toList();
    }

    /** A server with the stores, in this JVM and without the agent. */
    private record Peer(ServerSocket listening) implements AutoCloseable {

        static Peer of(Path folder, String protocol) throws Exception {
            var context = SSLContext.getInstance(protocol, new AlmostTlsProvider());
            var keys = KeyManagerFactory.getInstance("PKIX");
            char[] password = UpgradeStores.PASSWORD.toCharArray();
            keys.init(KeyStore.getInstance(folder.resolve("own.p12").toFile(), password), password);
            context.init(keys.getKeyManagers(), null, null);
            return serving(
                    context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        }

        static Peer inPlaintext() throws IOException {
            return serving(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        }

        private static Peer serving(ServerSocket listening) {
            var server = new Thread(() -> {
                try {
                    PlainApp.serve(listening, 1, false);
                } catch (IOException closed) {
                    // Nobody came.
                    return;
                }
            });
            server.setDaemon(true);
            server.start();
            return new Peer(listening);
        }

        String at(String host) {
            return host + ":" + listening.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }

    @BeforeEach
    void putFiles() throws Exception {
        Files.copy(AgentJvm.JAR, folder.resolve("almost-tls-agent.jar"));
        putApplication();
        UpgradeStores.makeRsaIn(folder);
        Files.copy(TO_COPY, folder.resolve("upgrade.properties"));
        Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost\n127.0.0.1 db.internal\n");
    }

    private void putApplication() throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, PlainApp.class.getName());
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Path.of("target", "test-classes").toAbsolutePath().toUri().toString());
        try (OutputStream file = Files.newOutputStream(folder.resolve("app.jar"))) {
            new JarOutputStream(file, manifest).close();
        }
    }

    private Outcome run(String command, String... words) throws Exception {
        return new AgentJvm()
                .in(folder)
                .environment("JDK_JAVA_OPTIONS", "-Djdk.net.hosts.file=" + folder.resolve("hosts"))
                .with(AgentPage.words(command))
                .with(words)
                .run();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theApplicationTalksAsThePageSays(String command) throws Exception {
        if (command.contains(PEERS)) visitAHostThatIsNamed(command);
        else if (command.contains("AlmostTLSv1")) visitTheTextbook(command);
        else talkToItself(command);
    }

    /** Whose name is on the list; all others stay as they are. */
    private void visitAHostThatIsNamed(String command) throws Exception {
        try (var server = Peer.of(folder, "TLS");
                var other = Peer.inPlaintext()) {
            Outcome outcome = run(inRange(command), "client", server.at("db.internal"), other.at("localhost"));
            assertTalks(2, outcome);
            assertEquals(1, sessions("TLSv1.3", outcome).size(), outcome::toString);
            assertTrue(sessions("TLSv1.3", outcome).get(0).contains(" client > db.internal:"), outcome::toString);
        }
    }

    private void visitTheTextbook(String command) throws Exception {
        try (var server = Peer.of(folder, "AlmostTLS")) {
            String port = Integer.toString(server.listening().getLocalPort());
            Outcome outcome = run(command.replace("9092", port), "client", port);
            assertTalks(1, outcome);
            assertEquals(1, sessions("AlmostTLSv1", outcome).size(), outcome::toString);
        }
    }

    /** Each end of each connection has its line: under {@code permissive} also of the one that only asks. */
    private void talkToItself(String command) throws Exception {
        String port = Integer.toString(FreePort.find());
        String listed = command.contains("9092,6379") ? "6379" : "9092";
        Path properties = folder.resolve("upgrade.properties");
        Files.writeString(properties, Files.readString(properties).replace("9092", port));
        int connections = command.contains("=permissive") ? 2 : 1;
        Outcome outcome = run(command.replace(listed, port), "pairAt", port, "" + connections);
        assertTalks(1, outcome);
        boolean isTold = command.contains("=observe");
        assertEquals(isTold ? 0 : 2 * connections, sessions("TLSv1.3", outcome).size(), outcome::toString);
        assertEquals(isTold ? shown() : List.of(), plaintext(outcome.err().stream()), outcome::toString);
    }

    private static String inRange(String command) {
        return command.replace("8000-8010", "1024-65535");
    }

    private static void assertTalks(int times, Outcome outcome) {
        assertEquals(0, outcome.exitCode(), outcome::toString);
        assertEquals(List.of(), AgentPage.complaints(outcome), outcome::toString);
        List<String> said = new ArrayList<>();
        for (int i = 0; i < times; i++) said.addAll(TALK);
        // A server whose client has only asked whether it speaks TLS answers somebody who has left.
        List<String> out = outcome.out().stream()
                .filter(line -> !line.equals("SocketException"))
                .toList();
        assertEquals(said, out, outcome::toString);
    }

    private static List<String> sessions(String version, Outcome outcome) {
        return SessionLines.in(outcome.err()).stream()
                .filter(line -> line.contains("| " + version + " ") && !line.contains("| FAILED"))
                .toList();
    }

    /** Who speaks plaintext and stays as it is, as the page has it. */
    private static List<String> shown() throws IOException {
        return plaintext(Files.readAllLines(AgentPage.PATH).stream());
    }

    private static List<String> plaintext(Stream<String> lines) {
        return lines.filter(line -> line.matches("AlmostTLS: plaintext: .*; nothing is changed"))
                .map(line -> line.replaceAll("(of|port|client) [\\w.:]*\\d", "$1 PLACE"))
                .sorted()
                .toList();
    }

    /** Its certificate has not the host's name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "upgrade.peers=any|true",
                "upgrade.peers=spiffe://example.org/other|false",
                "upgrade.peers=spiffe://example.com/*,any|true",
                "format=text|false"
            })
    void whoMayBeThereIsSaidByThePeers(String words, boolean mayBeThere) throws Exception {
        String command = commands().stream()
                .filter(each -> each.contains(PEERS))
                .findFirst()
                .orElseThrow();
        try (var server = Peer.of(folder, "TLS")) {
            Outcome outcome = run(inRange(command).replace(PEERS, words), "client", server.at("db.internal"));
            assertEquals(mayBeThere ? TALK : List.of("SSLHandshakeException"), outcome.out(), outcome::toString);
        }
    }

    @Test
    void theFileToCopyIsTheOneOnThePage() throws IOException {
        assertEquals(
                AgentPage.upgradeProperties().lines().toList(),
                Files.readAllLines(TO_COPY).stream()
                        .filter(line -> !line.startsWith("#"))
                        .toList());
    }

    @Test
    void storesMayBeOfTheOtherKindToo() throws Exception {
        char[] password = UpgradeStores.PASSWORD.toCharArray();
        KeyStore store = KeyStore.getInstance(folder.resolve("own.p12").toFile(), password);
        KeyStore jks = KeyStore.getInstance("JKS");
        jks.load(null, null);
        jks.setKeyEntry("own", store.getKey("own", password), password, store.getCertificateChain("own"));
        try (OutputStream file = Files.newOutputStream(folder.resolve("own.jks"))) {
            jks.store(file, password);
        }
        Path properties = folder.resolve("upgrade.properties");
        Files.writeString(properties, Files.readString(properties).replace("own.p12", "own.jks"));
        Files.delete(folder.resolve("own.p12"));
        talkToItself("java -javaagent:almost-tls-agent.jar=config=upgrade.properties -jar app.jar");
    }
}
