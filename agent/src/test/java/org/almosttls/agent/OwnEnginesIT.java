package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that do TLS themselves, by engines over channels, whenever they make them, or over sockets, are left alone. */
@Timeout(120)
class OwnEnginesIT {

    private static final int VISITS = 3;

    @TempDir
    private static Path folder;

    private static SSLContext client;

    @BeforeAll
    static void makeStores() throws Exception {
        UpgradeStores.makeIn(folder);
        Keytool.make(folder, "application.p12", "CN=application");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("upgrade", certificate("own.p12"));
        trusted.setCertificateEntry("application", certificate("application.p12"));
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        client = SSLContext.getInstance("TLS");
        client.init(null, trust.getTrustManagers(), null);
    }

    private static Certificate certificate(String store) throws Exception {
        return KeyStore.getInstance(folder.resolve(store).toFile(), UpgradeStores.PASSWORD.toCharArray())
                .getCertificate("own");
    }

    private static ServingJvm server(String mode, Class<?> application, String when, String... more) throws Exception {
        Stream<Path> path = Stream.concat(
                Stream.of(Path.of("target", "test-classes").toAbsolutePath()), AgentJvm.libraries("netty").stream());
        List<String> command = AgentJvm.java();
        command.add("-javaagent:" + AgentJvm.JAR + "=" + ChannelJvms.atServer(mode)
                + Arrays.stream(more).map(word -> "," + word).collect(Collectors.joining()));
        command.addAll(List.of("-cp", path.map(Path::toString).collect(Collectors.joining(File.pathSeparator))));
        command.addAll(List.of(application.getName(), when, "application.p12", UpgradeStores.PASSWORD));
        return new ServingJvm(folder, command);
    }

    /** Whose certificate it shows that sends back what it gets. */
    private static String visit(int port) throws IOException {
        try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("localhost", port)) {
            socket.getOutputStream().write("hello there".getBytes(StandardCharsets.US_ASCII));
            String back = new String(socket.getInputStream().readNBytes(11), StandardCharsets.US_ASCII);
            return back + " by " + socket.getSession().getPeerPrincipal();
        }
    }

    private static String told(ServingJvm server, String more) {
        return "AlmostTLS: left alone: server at port " + server.port() + "; TLS of the application's own" + more;
    }

    /** A line may be on its way. */
    private static List<String> complaints(ServingJvm server) throws IOException {
        List<String> lines = List.of();
        while (lines.isEmpty())
            lines = server.complaints().stream()
                    .filter(line -> line.startsWith("AlmostTLS: "))
                    .toList();
        return lines;
    }

    @ParameterizedTest
    @CsvSource({
        "permissive, accepted",
        "permissive, registered",
        "permissive, threads",
        "strict, accepted",
        "strict, registered",
        "strict, threads"
    })
    void noConnectionIsLostWhereTheEngineIsMadeFirst(String mode, String when) throws Exception {
        try (var server = server(mode, OwnEngines.class, when)) {
            for (int i = 0; i < VISITS; i++) assertEquals("hello there by CN=application", visit(server.port()));
            assertEquals(List.of(told(server, "")), complaints(server));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"permissive", "strict"})
    void noneIsWithOpenssl(String mode) throws Exception {
        try (var server = server(mode, OwnNetty.class, "")) {
            for (int i = 0; i < VISITS; i++) assertEquals("hello there by CN=application", visit(server.port()));
            assertEquals(List.of(told(server, "")), complaints(server));
        }
    }

    /** Whoever's engines they are. */
    @ParameterizedTest
    @CsvSource({"permissive, install.except", "permissive, install.only", "strict, install.except"})
    void oneIsWhereSomethingIsReadFirst(String mode, String rule) throws Exception {
        try (var server = server(mode, OwnEngines.class, "read", rule + "=" + OwnEngines.class.getName())) {
            assertEquals(" by CN=localhost", visit(server.port()).replaceFirst("(?s).* by", " by"));
            for (int i = 0; i < VISITS; i++) assertEquals("hello there by CN=application", visit(server.port()));
            assertEquals(List.of(told(server, ", of which one connection had to fail to show it")), complaints(server));
        }
    }

    /** It is the application's TLS that asks for the streams, whoever's it is. */
    @ParameterizedTest
    @CsvSource({
        "strict, listening, install.except",
        "strict, layered, install.except",
        "strict, listening, install.only",
        "permissive, layered, install.only"
    })
    void noneIsOverSocketsWhoseStreamsTlsReads(String mode, String who, String rule) throws Exception {
        try (var server = server(mode, OwnSockets.class, who, rule + "=" + OwnSockets.class.getName())) {
            for (int i = 0; i < VISITS; i++) assertEquals("hello there by CN=application", visit(server.port()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumed", "engine"})
    void whoReadsAClientHelloOfASocketByItselfIsNotRecognised(String who) throws Exception {
        try (var server = server("permissive", OwnSockets.class, who)) {
            for (int i = 0; i < VISITS; i++)
                assertEquals(" by CN=localhost", visit(server.port()).replaceFirst("(?s).* by", " by"));
        }
    }
}
