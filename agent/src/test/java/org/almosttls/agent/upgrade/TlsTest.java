package org.almosttls.agent.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.agent.options.UpgradeOptions;
import org.almosttls.agent.options.UpgradeOptions.Mode;
import org.almosttls.agent.options.UpgradeOptions.StoreFile;
import org.almosttls.config.OnRequest;
import org.almosttls.event.TlsEventListener;
import org.almosttls.jsse.Scope;
import org.almosttls.jsse.TextbookTerms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On which terms a connection that was in plaintext is TLS. */
class TlsTest {

    private static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9092);

    @TempDir
    private Path folder;

    private Tls tls(Mode mode, String words) throws Exception {
        return new Tls(options(mode, words), AlmostTlsProvider::new);
    }

    private UpgradeOptions options(Mode mode, String words) throws Exception {
        StoreFile store = LookedAtServer.emptyStore(folder);
        List<String> peers = words.contains("peers") ? List.of("spiffe://example.org/*") : List.of();
        Optional<StoreFile> trust = words.contains("trust") ? Optional.of(store) : Optional.empty();
        boolean textbook = words.contains("AlmostTLSv1");
        return new UpgradeOptions(mode, List.of(), List.of(), peers, Optional.of(store), trust, textbook);
    }

    private static SSLEngine engine(Tls tls, Role role, InetSocketAddress peer) throws Exception {
        return tls.engine(new Connection(role, peer, HERE));
    }

    @ParameterizedTest
    @CsvSource({
        "STRICT, keys alone, false, false",
        "STRICT, trust, true, false",
        "STRICT, peers, true, false",
        "STRICT, trust and peers, true, false",
        "PERMISSIVE, keys alone, false, false",
        "PERMISSIVE, trust, false, true",
        "PERMISSIVE, peers, false, true",
        "PERMISSIVE, peers and AlmostTLSv1, false, false",
        "STRICT, AlmostTLSv1, false, false"
    })
    void aServerAsksWhomItHasWordsFor(Mode mode, String words, boolean insists, boolean asks) throws Exception {
        Tls tls = tls(mode, words);
        SSLEngine engine = engine(tls, Role.SERVER, HERE);
        assertEquals(List.of(insists, asks), List.of(engine.getNeedClientAuth(), engine.getWantClientAuth()));
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var raw = new Socket(InetAddress.getLoopbackAddress(), listening.getLocalPort());
                SSLSocket socket = tls.server(raw)) {
            assertEquals(List.of(insists, asks), List.of(socket.getNeedClientAuth(), socket.getWantClientAuth()));
        }
    }

    /** Rather than take whoever comes. */
    @ParameterizedTest
    @CsvSource({"trust, upgrade.truststore", "peers, upgrade.peers", "trust and peers, upgrade.peers"})
    void aServerThatCannotInsistIsNone(String words, String named) throws Exception {
        Tls tls = tls(Mode.STRICT, words + " and AlmostTLSv1");
        String why = "a strict server with " + named
                + " insists on a client's certificate, which upgrade.protocol=AlmostTLSv1 does not have";
        try (var raw = new Socket()) {
            assertEquals(
                    why,
                    assertThrows(GeneralSecurityException.class, () -> tls.server(raw))
                            .getMessage());
        }
        assertEquals(
                why,
                assertThrows(GeneralSecurityException.class, () -> engine(tls, Role.SERVER, HERE))
                        .getMessage());
    }

    private static Socket to(InetAddress peer) {
        return new Socket() {
            @Override
            public InetAddress getInetAddress() {
                return peer;
            }
        };
    }

    /** TEST-NET-1 and the documentation's prefix, RFC 5737 §3 and RFC 3849 §2: by their addresses, whatever they are called. */
    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8::1"})
    void theTextbookStaysOnThisMachine(String elsewhere) throws Exception {
        Tls tls = remoteTextbook();
        InetAddress address = InetAddress.getByAddress(
                "localhost", InetAddress.getByName(elsewhere).getAddress());
        InetSocketAddress peer = new InetSocketAddress(address, 9092);
        String why = "upgrade.protocol=AlmostTLSv1 is spoken on this machine only, and " + address.getHostAddress()
                + " is another";
        List<Executable> ways = List.of(
                () -> tls.client(new Socket(), peer),
                () -> tls.server(to(address)),
                () -> engine(tls, Role.CLIENT, peer),
                () -> engine(tls, Role.SERVER, peer));
        for (Executable way : ways)
            assertEquals(why, assertThrows(GeneralSecurityException.class, way).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1"})
    void onThisMachineItIsSpoken(String here) throws Exception {
        InetSocketAddress peer = new InetSocketAddress(InetAddress.getByName(here), 9092);
        assertEquals(false, engine(remoteTextbook(), Role.SERVER, peer).getUseClientMode());
        assertEquals(true, engine(remoteTextbook(), Role.CLIENT, peer).getUseClientMode());
    }

    /** Of an agent whose other sessions of AlmostTLSv1 may go anywhere. */
    private Tls remoteTextbook() throws Exception {
        var anywhere = new TextbookTerms(() -> true, said -> {});
        return new Tls(
                options(Mode.STRICT, "AlmostTLSv1"),
                () -> new AlmostTlsProvider(
                        TlsEventListener::none, anywhere, Scope.ANY, () -> OnRequest.NOTHING, Optional::empty));
    }

    @Test
    void tlsGoesAnywhere() throws Exception {
        InetSocketAddress peer = new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 9092);
        assertEquals(true, engine(tls(Mode.STRICT, "keys"), Role.CLIENT, peer).getUseClientMode());
    }

    @Test
    void aClientOfTheTextbookMayKnowItsServerByTheseWords() throws Exception {
        assertEquals(
                true,
                engine(tls(Mode.STRICT, "trust, peers and AlmostTLSv1"), Role.CLIENT, HERE)
                        .getUseClientMode());
    }
}
