package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A key store that changes under a running server. */
@Timeout(60)
class ReloadedKeysTest {

    private static final String KEYS = "server.p12";
    private static final TestIdentity FORMER = TestCertificates.ecServer();
    private static final TestIdentity NEXT = TestCertificates.authority()
            .issue("Next server")
            .names(TestCertificates.HOST)
            .ec("secp256r1")
            .identity();

    @TempDir
    private Path place;

    private StoreFolder folder;

    @BeforeEach
    void begin() throws Exception {
        folder = new StoreFolder(place);
        folder.write(KEYS, StoreFolder.octets(FORMER.keyStore()));
        folder.isDefault("keyStore", KEYS);
    }

    @AfterEach
    void clear() {
        StoreFolder.clearDefaults();
    }

    /** The certificate that a client sees which has met nobody before. */
    private static Certificate shown(SSLContext server, String version) throws Exception {
        var pair = new EnginePair(Contexts.named(version, Contexts.OURS), server).handshake();
        return pair.client().engine().getSession().getPeerCertificates()[0];
    }

    private static Certificate shown(SSLContext server) throws Exception {
        return shown(server, "TLSv1.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void newConnectionsShowTheNewCertificateAndOldOnesGoOn(String version) throws Exception {
        var server = folder.context();
        var old = new EnginePair(Contexts.named(version, Contexts.OURS), server).handshake();
        folder.replace(KEYS, NEXT.keyStore());
        assertEquals(NEXT.certificate(), shown(server, version));
        EnginePair.send(old.client(), old.server(), new byte[] {1, 2, 3});
        assertArrayEquals(new byte[] {1, 2, 3}, old.server().data());
        assertEquals(FORMER.certificate(), old.client().engine().getSession().getPeerCertificates()[0]);
        assertEquals(
                List.of("reload: " + folder.file(KEYS) + " has changed; new connections use it as it is now"),
                folder.said());
    }

    @Test
    void socketsDoSoToo() throws Exception {
        var server = folder.context();
        try (var old = new SocketPair(Contexts.client(Contexts.OURS), server).handshake()) {
            folder.replace(KEYS, NEXT.keyStore());
            try (var next = new SocketPair(Contexts.client(Contexts.OURS), server).handshake()) {
                assertEquals(NEXT.certificate(), next.client().getSession().getPeerCertificates()[0]);
            }
            old.converse(2);
        }
    }

    @Test
    void theFileIsNotLookedAtBeforeItIsTime() throws Exception {
        var server = folder.context();
        folder.write(KEYS, StoreFolder.octets(NEXT.keyStore()));
        folder.pass(StoreFolder.EVERY.minusMillis(1));
        assertEquals(FORMER.certificate(), shown(server));
        folder.pass(Duration.ofMillis(1));
        assertEquals(NEXT.certificate(), shown(server));
    }

    @Test
    void aFileMayTakeTheOthersName() throws Exception {
        var server = folder.context();
        folder.rename(KEYS, NEXT.keyStore());
        assertEquals(NEXT.certificate(), shown(server));
    }

    /** As Kubernetes does with what it mounts. */
    @Test
    void theFileMayBeBehindALinkThatIsTurned() throws Exception {
        Files.createDirectories(place.resolve("v1"));
        Files.createDirectories(place.resolve("v2"));
        folder.write("v1/tls.p12", StoreFolder.octets(FORMER.keyStore()));
        folder.write("v2/tls.p12", StoreFolder.octets(NEXT.keyStore()));
        Files.createSymbolicLink(place.resolve("..data"), Path.of("v1"));
        Files.createSymbolicLink(place.resolve("tls.p12"), Path.of("..data", "tls.p12"));
        folder.isDefault("keyStore", "tls.p12");
        var server = folder.context();
        assertEquals(FORMER.certificate(), shown(server));
        Files.delete(place.resolve("..data"));
        Files.createSymbolicLink(place.resolve("..data"), Path.of("v2"));
        folder.pass(StoreFolder.EVERY);
        assertEquals(NEXT.certificate(), shown(server));
    }

    static Stream<Arguments> unusable() throws Exception {
        byte[] whole = StoreFolder.octets(NEXT.keyStore());
        return Stream.of(
                Arguments.of("half written", Arrays.copyOf(whole, whole.length / 2)),
                Arguments.of("empty", new byte[0]),
                Arguments.of("no store", "not a store".getBytes()),
                Arguments.of("without a key", StoreFolder.octets(TestCertificates.trustStore())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void aFileThatCannotBeUsedLeavesTheKeysAsTheyWere(String name, byte[] octets) throws Exception {
        var server = folder.context();
        folder.write(KEYS, octets);
        for (int times = 0; times < 3; times++) {
            folder.pass(StoreFolder.EVERY);
            assertEquals(FORMER.certificate(), shown(server));
        }
        assertEquals(1, folder.said().size(), folder.said()::toString);
        assertTrue(folder.said().get(0).startsWith("reload: " + folder.file(KEYS) + " cannot be used: "));
        assertTrue(folder.said().get(0).endsWith("; what was read before stays in use"));
        folder.replace(KEYS, NEXT.keyStore());
        assertEquals(NEXT.certificate(), shown(server));
    }

    @Test
    void aFileThatIsGoneMayComeBack() throws Exception {
        var server = folder.context();
        Files.delete(folder.file(KEYS));
        folder.pass(StoreFolder.EVERY);
        assertEquals(FORMER.certificate(), shown(server));
        assertTrue(folder.said().get(0).contains("there is no such file"), folder.said()::toString);
        folder.replace(KEYS, NEXT.keyStore());
        assertEquals(NEXT.certificate(), shown(server));
    }

    @Test
    void aFolderInItsPlaceIsNone() throws Exception {
        var server = folder.context();
        Files.delete(folder.file(KEYS));
        Files.createDirectory(folder.file(KEYS));
        folder.pass(StoreFolder.EVERY);
        assertEquals(FORMER.certificate(), shown(server));
        assertTrue(folder.said().get(0).contains("it is no regular file"), folder.said()::toString);
    }

    @Test
    void anotherPasswordIsSaidWithoutTellingEither() throws Exception {
        var server = folder.context();
        var octets = new ByteArrayOutputStream();
        NEXT.keyStore().store(octets, "anotherSecret".toCharArray());
        folder.write(KEYS, octets.toByteArray());
        folder.pass(StoreFolder.EVERY);
        assertEquals(FORMER.certificate(), shown(server));
        assertTrue(folder.said().get(0).contains("password was incorrect"), folder.said()::toString);
        assertTrue(
                folder.said().stream().noneMatch(line -> line.contains("anotherSecret") || line.contains("changeit")));
    }

    /** What it was read into before may be a former owner's. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void sessionsOfTheFormerKeyAreNotResumed(String version) throws Exception {
        var server = folder.context();
        var client = Contexts.named(version, Contexts.OURS);
        var first = new EnginePair(client, server).handshake();
        var again = new EnginePair(client, server).handshake();
        assertSame(first.client().engine().getSession(), again.client().engine().getSession());
        folder.replace(KEYS, NEXT.keyStore());
        var next = new EnginePair(client, server).handshake();
        assertNotSame(
                first.client().engine().getSession(), next.client().engine().getSession());
        assertEquals(NEXT.certificate(), next.client().engine().getSession().getPeerCertificates()[0]);
    }

    /** A client that has another certificate is somebody else. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientShowsItsNewCertificate(String version) throws Exception {
        folder.replace(KEYS, TestCertificates.ecClient().keyStore());
        folder.write("trust.p12", StoreFolder.octets(TestCertificates.trustStore()));
        folder.isDefault("trustStore", "trust.p12");
        var client = folder.context();
        var server = Contexts.named(version, Contexts.OURS, TestCertificates.ecServer());
        assertEquals(TestCertificates.ecClient().certificate(), shownBy(client, server));
        folder.replace(KEYS, TestCertificates.rsaClient().keyStore());
        assertEquals(TestCertificates.rsaClient().certificate(), shownBy(client, server));
    }

    private static Certificate shownBy(SSLContext client, SSLContext server) throws Exception {
        var engine = server.createSSLEngine();
        engine.setNeedClientAuth(true);
        new EnginePair(client.createSSLEngine(TestCertificates.HOST, 443), engine).handshake();
        return engine.getSession().getPeerCertificates()[0];
    }

    @Test
    void withoutBeingAskedForNothingIsReadAgain() throws Exception {
        var server = SSLContext.getInstance("Default", Contexts.OURS);
        folder.replace(KEYS, NEXT.keyStore());
        assertEquals(FORMER.certificate(), shown(server));
    }
}
