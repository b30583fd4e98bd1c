package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.almosttls.config.CredentialSource;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trust store that changes under running connections. */
@Timeout(60)
class ReloadedTrustTest {

    private static final String TRUST = "trust.p12";
    private static final KeyStore ONE = TestCertificates.trustStore();
    private static final KeyStore OTHER =
            TestCertificates.trustStore(TestCertificates.unknownCaServer().anchor());

    @TempDir
    private Path place;

    private StoreFolder folder;

    @BeforeEach
    void begin() throws Exception {
        folder = new StoreFolder(place);
        folder.write(TRUST, StoreFolder.octets(ONE));
        folder.isDefault("trustStore", TRUST);
    }

    @AfterEach
    void clear() {
        StoreFolder.clearDefaults();
    }

    private static SSLContext server(String version) {
        return Contexts.named(version, Contexts.OURS, TestCertificates.ecServer());
    }

    private static void refuses(SSLContext client, SSLContext server) {
        assertThrows(SSLException.class, new EnginePair(client, server)::handshake);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whoIsTrustedNoLongerIsRefusedAndConnectionsGoOn(String version) throws Exception {
        var client = folder.context();
        var old = new EnginePair(client, server(version)).handshake();
        folder.replace(TRUST, OTHER);
        refuses(client, server(version));
        new EnginePair(client, Contexts.named(version, Contexts.OURS, TestCertificates.unknownCaServer())).handshake();
        EnginePair.send(old.client(), old.server(), new byte[] {7});
        assertArrayEquals(new byte[] {7}, old.server().data());
    }

    @Test
    void soItIsForContextsThatWereGivenNoTrust() throws Exception {
        var client = folder.withDefaultTrust();
        new EnginePair(client, server("TLSv1.3")).handshake();
        folder.replace(TRUST, OTHER);
        refuses(client, server("TLSv1.3"));
    }

    /** Whoever resumes is not judged again, so nobody resumes whom the former store let in. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientResumesNothingThatTheFormerStoreLetIn(String version) throws Exception {
        var client = folder.context();
        var server = server(version);
        var first = new EnginePair(client, server).handshake().client().engine().getSession();
        assertSame(
                first,
                new EnginePair(client, server).handshake().client().engine().getSession());
        folder.replace(TRUST, OTHER);
        refuses(client, server);
        folder.replace(TRUST, ONE);
        assertNotSame(
                first,
                new EnginePair(client, server).handshake().client().engine().getSession());
    }

    private static EnginePair asking(SSLContext client, SSLContext server) {
        var engine = server.createSSLEngine();
        engine.setNeedClientAuth(true);
        return new EnginePair(client.createSSLEngine(TestCertificates.HOST, 443), engine);
    }

    /** By tickets, whose state the client keeps. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aServerResumesNobodyWhomTheFormerStoreLetIn(String version) throws Exception {
        folder.write("keys.p12", StoreFolder.octets(TestCertificates.ecServer().keyStore()));
        folder.isDefault("keyStore", "keys.p12");
        var server = folder.context();
        var client = Contexts.named(version, Contexts.OURS, TestCertificates.ecClient());
        var first = asking(client, server).handshake().client().engine().getSession();
        assertSame(first, asking(client, server).handshake().client().engine().getSession());
        folder.replace(TRUST, OTHER);
        assertThrows(SSLHandshakeException.class, asking(client, server)::handshake);
    }

    @Test
    void anEmptyStoreTrustsNobody() throws Exception {
        var client = folder.context();
        folder.replace(TRUST, TestCertificates.trustStore(new X509Certificate[0]));
        refuses(client, server("TLSv1.3"));
    }

    @Test
    void aFileThatCannotBeUsedLeavesTrustAsItWas() throws Exception {
        var client = folder.context();
        folder.write(TRUST, new byte[100]);
        folder.pass(StoreFolder.EVERY);
        new EnginePair(client, server("TLSv1.3")).handshake();
        assertEquals(1, folder.said().size());
    }

    @Test
    void socketsHeedItToo() throws Exception {
        var client = folder.context();
        try (var old = new SocketPair(client, server("TLSv1.3")).handshake()) {
            folder.replace(TRUST, OTHER);
            try (var next = new SocketPair(client, server("TLSv1.3"))) {
                assertTrue(next.failures().client().isPresent());
            }
            old.converse(2);
        }
    }

    /** A client that was judged by one store is not known to the next, even if the store changes amid a handshake. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whoeverWasJudgedWhileAStoreChangesIsJudgedAgain(String version) throws Exception {
        var reloading = folder.reloading();
        var judged = new ArrayList<String>();
        var trust = new TrustsWhoever(() -> {
            judged.add(version);
            if (judged.size() == 1) reloading.change(() -> {});
        });
        var server = new StoreFolder.Made(new AlmostSslContext(folder.lending(reloading), Scope.ANY));
        server.init(Contexts.keys(TestCertificates.ecServer()), new TrustManager[] {trust}, null);
        var client = Contexts.named(version, Contexts.OURS, TestCertificates.ecClient());
        for (int times = 0; times < 3; times++) asking(client, server).handshake();
        assertEquals(2, judged.size());
    }

    /** Trusts everybody, and does something meanwhile. */
    private record TrustsWhoever(Runnable meanwhile) implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            meanwhile.run();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            meanwhile.run();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[] {TestCertificates.ca()};
        }
    }

    @Test
    void aKeyIsAskedForAgainWhereAStoreHasChangedMeanwhile() {
        var reloading = folder.reloading();
        var asked = new ArrayList<Integer>();
        CredentialSource keys = request -> {
            asked.add(asked.size());
            if (asked.size() == 1) reloading.change(() -> {});
            return Optional.empty();
        };
        new SteadyCredentials(keys, reloading::changes).select(null);
        assertEquals(List.of(0, 1), asked);
    }

    /** The same as on another server of a fleet that has not reloaded anything. */
    @Test
    void whoJudgesIsWhoWouldWithoutReloading() throws Exception {
        var plain = PlainTrust.firstOf(Contexts.trust(ONE));
        var reloaded = PlainTrust.firstOf(DefaultStores.trust(folder.reloading()));
        assertEquals(ReloadedTrust.class, reloaded.getClass());
        assertEquals(PlainTrust.judgeOf(plain), PlainTrust.judgeOf(reloaded));
    }
}
