package org.almosttls.agent.upgrade;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.almosttls.agent.authority.LocalAuthority;
import org.almosttls.agent.authority.Wanted;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way to ask whether somebody is trusted asks for the chain and for the name. */
class NamedPeersTest {

    private static final String WEB = "spiffe://example.org/web";
    private static final String TYPE = "ECDHE_ECDSA";

    @TempDir
    private static Path folder;

    private static LocalAuthority authority;
    private static X509Certificate[] web;
    private static X509Certificate[] nobody;

    /** One of the ways. */
    @FunctionalInterface
    private interface Way {
        void ask(NamedPeers peers, X509Certificate[] chain) throws CertificateException;
    }

    @BeforeAll
    static void issue() throws Exception {
        authority = LocalAuthority.init(folder.resolve("ca"), "ca", 2, Clock.systemUTC(), new SecureRandom());
        web = issued("web", List.of(WEB));
        nobody = issued("nobody", List.of());
    }

    private static X509Certificate[] issued(String name, List<String> uris) throws Exception {
        var issued = authority.issue(new Wanted(name, List.of(), uris, 1, false));
        return new X509Certificate[] {issued, authority.certificate()};
    }

    static Stream<Named<Way>> ways() {
        Socket socket = null;
        SSLEngine engine = null;
        return Stream.of(
                Named.of("client", (peers, chain) -> peers.checkClientTrusted(chain, TYPE)),
                Named.of("server", (peers, chain) -> peers.checkServerTrusted(chain, TYPE)),
                Named.of("client of a socket", (peers, chain) -> peers.checkClientTrusted(chain, TYPE, socket)),
                Named.of("server of a socket", (peers, chain) -> peers.checkServerTrusted(chain, TYPE, socket)),
                Named.of("client of an engine", (peers, chain) -> peers.checkClientTrusted(chain, TYPE, engine)),
                Named.of("server of an engine", (peers, chain) -> peers.checkServerTrusted(chain, TYPE, engine)));
    }

    private static NamedPeers peers(Optional<X509Certificate> trusted, String name) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", trusted.orElse(authority.certificate()));
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return new NamedPeers((X509ExtendedTrustManager) factory.getTrustManagers()[0], List.of(name));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whoIsNamedIsTrusted(Way way) throws Exception {
        for (String name : List.of(WEB, "spiffe://example.org/*")) {
            NamedPeers peers = peers(Optional.empty(), name);
            assertDoesNotThrow(() -> way.ask(peers, web));
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whoIsNotNamedIsNot(Way way) throws Exception {
        for (String name : List.of("spiffe://example.org/db", "spiffe://example.org/we", "spiffe://example.com/*")) {
            NamedPeers peers = peers(Optional.empty(), name);
            var refused = assertThrows(CertificateException.class, () -> way.ask(peers, web));
            assertTrue(refused.getMessage().contains("upgrade.peers has [" + name + "]"), refused::getMessage);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void norIsWhoHasNoName(Way way) throws Exception {
        NamedPeers peers = peers(Optional.empty(), "spiffe://example.org/*");
        assertThrows(CertificateException.class, () -> way.ask(peers, nobody));
    }

    /** Here the one trusted is not who has issued it. */
    @ParameterizedTest
    @MethodSource("ways")
    void norIsANameThatNobodyVouchesFor(Way way) throws Exception {
        NamedPeers peers = peers(Optional.of(nobody[0]), WEB);
        assertThrows(CertificateException.class, () -> way.ask(peers, web));
    }
}
