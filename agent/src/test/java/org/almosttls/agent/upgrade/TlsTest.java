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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On which terms a connection that was in plaintext is TLS. */
class TlsTest {

    private static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9092);

    @TempDir
    private Path folder;

    private Tls tls(Mode mode, String words) throws Exception {
        StoreFile store = LookedAtServer.emptyStore(folder);
        List<String> peers = words.contains("peers") ? List.of("spiffe://example.org/*") : List.of();
        Optional<StoreFile> trust = words.contains("trust") ? Optional.of(store) : Optional.empty();
        boolean textbook = words.contains("AlmostTLSv1");
        return new Tls(
                new UpgradeOptions(mode, List.of(), List.of(), peers, Optional.of(store), trust, textbook),
                AlmostTlsProvider::new);
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

    @Test
    void aClientOfTheTextbookMayKnowItsServerByTheseWords() throws Exception {
        assertEquals(
                true,
                engine(tls(Mode.STRICT, "trust, peers and AlmostTLSv1"), Role.CLIENT, HERE)
                        .getUseClientMode());
    }
}
