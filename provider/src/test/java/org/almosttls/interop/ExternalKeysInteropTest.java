package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLSocket;
import org.almosttls.alert.Violation;
import org.almosttls.api.PreSharedKeys;
import org.almosttls.config.TlsConfig;
import org.almosttls.engine.PeerAlertException;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.PeerProcess;
import org.almosttls.testkit.Peers;
import org.almosttls.testkit.PemFiles;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.almosttls.testkit.TestKeys;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8446 §2.2: OpenSSL and GnuTLS, which have been given the same key, in either role. */
@Timeout(60)
class ExternalKeysInteropTest {

    private static final String OURS = "hello from here\n";
    private static final String THEIRS = "hello from there\n";
    private static final String IDENTITY = "ada";
    private static final int OCTET = 0x5A;
    private static final String RIGHT = "5a".repeat(32);
    private static final String WRONG = "5b".repeat(32);
    private static final String PRIORITY = "NORMAL:-VERS-ALL:+VERS-TLS1.3:-KX-ALL:+DHE-PSK:+PSK";

    @TempDir
    private Path folder;

    private static TlsConfig server(TestIdentity... identities) {
        return Tls13.server()
                .credentials(new TestKeys(identities).plus(IDENTITY, OCTET, HashAlgorithm.SHA256))
                .build();
    }

    private static TlsConfig client() {
        return Tls13.client()
                .credentials(new TestKeys().plus(IDENTITY, OCTET, HashAlgorithm.SHA256))
                .build();
    }

    private static ServerSocket listening() throws Exception {
        var listening = new ServerSocket(0, 1, Ours.LOOPBACK);
        listening.setSoTimeout(Ours.PATIENCE_MILLIS);
        return listening;
    }

    private static void assertKnown(BareConnection ours) {
        assertArrayEquals(
                IDENTITY.getBytes(StandardCharsets.UTF_8),
                ours.session().externalIdentity().orElseThrow());
        assertEquals(List.of(), ours.session().peerChain());
    }

    private static PeerProcess openssl(String key, int port, String... more) {
        var words = new ArrayList<>(List.of(
                "s_client", "-connect", "127.0.0.1:" + port, "-tls1_3", "-psk", key, "-psk_identity", IDENTITY));
        words.addAll(List.of(more));
        return PeerProcess.start(Peers.OPENSSL, words, Map.of());
    }

    private static PeerProcess gnutls(String key, int port) {
        return PeerProcess.start(
                Peers.GNUTLS_CLI,
                "--priority",
                PRIORITY,
                "--pskusername",
                IDENTITY,
                "--pskkey",
                key,
                "--port",
                Integer.toString(port),
                "127.0.0.1");
    }

    private static void assertTalk(PeerProcess theirs, BareConnection ours) throws Exception {
        assertKnown(ours);
        theirs.say(THEIRS);
        assertTrue(ours.received(THEIRS.length()).contains(THEIRS));
        ours.send(OURS);
        theirs.output().await("(" + OURS.strip() + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X25519", "P-384:X25519"})
    void opensslIsTheClient(String groups) throws Exception {
        Peers.OPENSSL.require();
        try (var listening = listening();
                var theirs = openssl(RIGHT, listening.getLocalPort(), "-groups", groups);
                var ours = BareConnection.accepted(listening, server())) {
            assertTalk(theirs, ours);
        }
    }

    /** It gets another hello to say first, since no group of its first one will do. */
    @Test
    void opensslIsTheClientAndIsAskedAgain() throws Exception {
        Peers.OPENSSL.require();
        var only = Tls13.server()
                .groups(NamedGroup.SECP384R1)
                .credentials(new TestKeys().plus(IDENTITY, OCTET, HashAlgorithm.SHA256))
                .build();
        try (var listening = listening();
                var theirs = openssl(RIGHT, listening.getLocalPort());
                var ours = BareConnection.accepted(listening, only)) {
            assertTalk(theirs, ours);
            assertEquals(Optional.of(NamedGroup.SECP384R1), ours.session().group());
        }
    }

    @Test
    void opensslIsTheClientAndNeedsACertificate() throws Exception {
        Peers.OPENSSL.require();
        var identity = TestCertificates.ecServer();
        try (var listening = listening();
                var theirs = openssl(RIGHT, listening.getLocalPort(), "-CAfile", PemFiles.of(identity.anchor()));
                var ours = BareConnection.accepted(
                        listening, Tls13.server(identity).build())) {
            theirs.output().await("(Verify return code: 0)");
            assertTrue(ours.session().externalIdentity().isEmpty());
        }
    }

    /** RFC 8446 §4.2.11: decrypt_error. */
    @Test
    void opensslIsToldThatItsKeyIsWrong() throws Exception {
        Peers.OPENSSL.require();
        try (var listening = listening();
                var theirs = openssl(WRONG, listening.getLocalPort())) {
            Expect.violation(
                    Violation.WRONG_BINDER,
                    () -> BareConnection.accepted(listening, server()).close());
            theirs.output().await("SSL alert number (51)");
        }
    }

    @Test
    void gnutlsIsTheClient() throws Exception {
        Peers.GNUTLS_CLI.require();
        try (var listening = listening();
                var theirs = gnutls(RIGHT, listening.getLocalPort());
                var ours = BareConnection.accepted(listening, server(TestCertificates.ecServer()))) {
            assertTalk(theirs, ours);
        }
    }

    private static PeerProcess opensslServer(String key) {
        return PeerProcess.start(
                Peers.OPENSSL,
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-naccept",
                "1",
                "-tls1_3",
                "-rev",
                "-nocert",
                "-psk",
                key,
                "-psk_identity",
                IDENTITY);
    }

    @Test
    void opensslIsTheServer() throws Exception {
        Peers.OPENSSL.require();
        try (var theirs = opensslServer(RIGHT)) {
            int port = Integer.parseInt(theirs.output().await("ACCEPT 127\\.0\\.0\\.1:(\\d+)"));
            try (var ours = BareConnection.called(port, client())) {
                assertKnown(ours);
                ours.send(OURS);
                assertEquals("ereh morf olleh\n", ours.received(OURS.length()));
            }
        }
    }

    /** As the page about pre-shared keys has it. */
    @Test
    void socketsTalkToOpensslInEitherRole() throws Exception {
        Peers.OPENSSL.require();
        byte[] octets = new byte[32];
        Arrays.fill(octets, (byte) OCTET);
        var key = new SecretKeySpec(octets, "TLS");
        byte[] ada = IDENTITY.getBytes(StandardCharsets.UTF_8);
        var context = Contexts.named("TLS", Contexts.OURS);
        try (var theirs = opensslServer(RIGHT)) {
            int port = Integer.parseInt(theirs.output().await("ACCEPT 127\\.0\\.0\\.1:(\\d+)"));
            try (var ours = (SSLSocket) context.getSocketFactory().createSocket(Ours.LOOPBACK, port)) {
                ((PreSharedKeys) ours).offerPreSharedKey(ada, key, "SHA-256");
                ours.getOutputStream().write(OURS.getBytes(StandardCharsets.US_ASCII));
                assertEquals(
                        "ereh morf olleh\n", new String(ours.getInputStream().readNBytes(OURS.length())));
                assertArrayEquals(
                        ada, ((PreSharedKeys) ours).preSharedKeyIdentity().orElseThrow());
            }
        }
        try (var listening = context.getServerSocketFactory().createServerSocket(0, 1, Ours.LOOPBACK);
                var theirs = openssl(RIGHT, listening.getLocalPort());
                var ours = (SSLSocket) listening.accept()) {
            ((PreSharedKeys) ours).acceptPreSharedKeys("SHA-256", any -> Optional.of(key));
            ours.setSoTimeout(Ours.PATIENCE_MILLIS);
            theirs.say(THEIRS);
            assertEquals(THEIRS, new String(ours.getInputStream().readNBytes(THEIRS.length())));
            assertArrayEquals(ada, ((PreSharedKeys) ours).preSharedKeyIdentity().orElseThrow());
        }
    }

    @Test
    void opensslSaysThatOurKeyIsWrong() throws Exception {
        Peers.OPENSSL.require();
        try (var theirs = opensslServer(WRONG)) {
            int port = Integer.parseInt(theirs.output().await("ACCEPT 127\\.0\\.0\\.1:(\\d+)"));
            var refused = assertThrows(
                    PeerAlertException.class,
                    () -> BareConnection.called(port, client()).close());
            assertFalse(refused.getMessage().isEmpty());
        }
    }

    @Test
    void gnutlsIsTheServer() throws Exception {
        Peers.GNUTLS_SERV.require();
        var keys = Files.writeString(folder.resolve("keys"), IDENTITY + ":" + RIGHT + "\n");
        try (var theirs = Gnutls.start(new ArrayList<>(
                        List.of("--echo", "--priority", PRIORITY, "--pskpasswd", keys.toString(), "--port")));
                var ours = BareConnection.called(theirs.port(), client())) {
            assertKnown(ours);
            ours.send(OURS);
            assertEquals(OURS, ours.received(OURS.length()));
        }
    }
}
