package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.almosttls.config.TlsConfig;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.extension.EarlyData;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.Peers;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestSessions;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of TLS 1.3 that another stack and ours go on with by ticket (RFC 8446 §4.6.1), and early data (§4.2.10). */
@Timeout(60)
class Resumption13InteropTest {

    private static final String VERSION = "TLSv1.3";
    private static final String MESSAGE = Message.of(100);

    private final TestSessions sessions = new TestSessions().withTickets(Optional.of(Duration.ofHours(1)));

    @TempDir
    private Path folder;

    private TlsConfig server(NamedGroup... groups) {
        return keeping(Tls13.server(TestCertificates.ecServer()).groups(groups));
    }

    private TlsConfig client() {
        return keeping(Tls13.client());
    }

    private TlsConfig keeping(TestConfig config) {
        return config.sessions(sessions).build();
    }

    private static ServerSocket listening() throws Exception {
        var listening = new ServerSocket(0, 1, Ours.LOOPBACK);
        listening.setSoTimeout(Ours.PATIENCE_MILLIS);
        return listening;
    }

    private static boolean isResumed(BareConnection ours) {
        var hellos = messages(ours, ServerHello.class);
        return hellos.get(hellos.size() - 1).extensions().has(ExtensionType.PRE_SHARED_KEY);
    }

    private static <M> List<M> messages(BareConnection ours, Class<M> kind) {
        return ours.end().events().events().stream()
                .filter(MessageTransferred.class::isInstance)
                .map(event -> ((MessageTransferred) event).message())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** The id of the session that came of it. */
    private byte[] serve(ServerSocket listening, TlsConfig config, boolean resumes, String... options)
            throws Exception {
        try (var theirs = new Openssl().call(Terms.client().only(VERSION), listening.getLocalPort(), List.of(options));
                var ours = BareConnection.accepted(listening, config)) {
            theirs.send(MESSAGE);
            assertTrue(ours.received(MESSAGE.length()).contains(MESSAGE));
            ours.send(MESSAGE);
            assertEquals(Message.digits(MESSAGE), Message.digits(theirs.received()));
            theirs.process.output().await((resumes ? "Reused" : "New") + ", TLSv1\\.3");
            assertEquals(resumes, isResumed(ours));
            theirs.finish();
            theirs.process.exitCode();
            return ours.session().id();
        }
    }

    @Test
    void opensslComesBack() throws Exception {
        Peers.OPENSSL.require();
        var file = folder.resolve("session").toString();
        try (var listening = listening()) {
            var config = server(NamedGroup.X25519);
            byte[] first = serve(listening, config, false, "-sess_out", file);
            assertArrayEquals(first, serve(listening, config, true, "-sess_in", file, "-sess_out", file));
            assertArrayEquals(first, serve(listening, config, true, "-sess_in", file));
        }
    }

    /** The binder of its second hello covers HelloRetryRequest. */
    @Test
    void opensslComesBackByWayOfHelloRetryRequest() throws Exception {
        Peers.OPENSSL.require();
        var file = folder.resolve("session").toString();
        try (var listening = listening()) {
            serve(listening, server(NamedGroup.X25519), false, "-sess_out", file);
            serve(listening, server(NamedGroup.SECP384R1), true, "-sess_in", file);
        }
    }

    @Test
    void gnutlsComesBack() throws Exception {
        Peers.GNUTLS_CLI.require();
        try (var listening = listening();
                var theirs = new Gnutls()
                        .call(Terms.client().only(VERSION), listening.getLocalPort(), List.of("--resume"))) {
            try (var first = BareConnection.accepted(listening, server(NamedGroup.X25519))) {
                assertFalse(isResumed(first));
            }
            try (var second = BareConnection.accepted(listening, server(NamedGroup.X25519))) {
                assertTrue(isResumed(second));
                theirs.process.output().await("This is a resumed session");
                theirs.send(MESSAGE);
                assertTrue(second.received(MESSAGE.length()).contains(MESSAGE));
            }
        }
    }

    private boolean call(int port) throws Exception {
        try (var ours = BareConnection.called(port, client())) {
            ours.send(MESSAGE + "\n");
            // Whatever is echoed comes behind the tickets.
            assertFalse(ours.received(1).isEmpty());
            return isResumed(ours);
        }
    }

    @Test
    void weComeBackToOpenssl() throws Exception {
        Peers.OPENSSL.require();
        var terms = Terms.server(TestCertificates.ecServer()).only(VERSION);
        try (var theirs = new Openssl().listen(terms, List.of("-naccept", "3", "-rev"))) {
            assertFalse(call(theirs.port()));
            assertTrue(call(theirs.port()));
            assertTrue(call(theirs.port()));
        }
    }

    @Test
    void weComeBackToGnutls() throws Exception {
        Peers.GNUTLS_SERV.require();
        var terms = Terms.server(TestCertificates.ecServer()).only(VERSION);
        try (var theirs = new Gnutls().listen(terms, List.of("--nodb"))) {
            assertFalse(call(theirs.port()));
            assertTrue(call(theirs.port()));
        }
    }

    @Test
    void weComeBackToThePlatform() throws Exception {
        var context = Contexts.with(Contexts.PLATFORM, TestCertificates.ecServer());
        try (var listening =
                (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 1, Ours.LOOPBACK)) {
            listening.setEnabledProtocols(new String[] {VERSION});
            var served = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 3; i++) echo(listening);
            });
            assertFalse(call(listening.getLocalPort()));
            assertTrue(call(listening.getLocalPort()));
            assertTrue(call(listening.getLocalPort()));
            served.join();
        }
    }

    private static void echo(SSLServerSocket listening) {
        try (var theirs = listening.accept()) {
            theirs.getOutputStream().write(theirs.getInputStream().readNBytes(MESSAGE.length()));
            theirs.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void thePlatformComesBack() throws Exception {
        var context = SSLContext.getInstance(VERSION, Contexts.PLATFORM);
        context.init(null, Contexts.trust(TestCertificates.trustStore()), null);
        var config = server(NamedGroup.X25519, NamedGroup.SECP256R1);
        try (var listening = listening()) {
            for (boolean resumes : new boolean[] {false, true, true}) {
                var called = CompletableFuture.runAsync(() -> visit(context, listening.getLocalPort()));
                try (var ours = BareConnection.accepted(listening, config)) {
                    assertEquals(MESSAGE, ours.received(MESSAGE.length()));
                    ours.send(MESSAGE);
                    assertEquals(resumes, isResumed(ours));
                    called.join();
                }
            }
        }
    }

    private static void visit(SSLContext context, int port) {
        try (var theirs = (SSLSocket) context.getSocketFactory().createSocket()) {
            theirs.connect(new InetSocketAddress(
                    InetAddress.getByAddress(TestCertificates.HOST, Ours.LOOPBACK.getAddress()), port));
            theirs.setEnabledProtocols(new String[] {VERSION});
            theirs.getOutputStream().write(MESSAGE.getBytes(StandardCharsets.US_ASCII));
            theirs.getInputStream().readNBytes(MESSAGE.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With a session of a server that permits it; ours passes it over, and goes on. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void opensslSendsEarlyDataInVain(boolean retries) throws Exception {
        Peers.OPENSSL.require();
        var file = folder.resolve("session").toString();
        permittingSession(file);
        var data = Files.writeString(folder.resolve("data"), "too early ".repeat(1_000));
        try (var listening = listening();
                var theirs = new Openssl()
                        .call(
                                Terms.client().only(VERSION),
                                listening.getLocalPort(),
                                List.of("-sess_in", file, "-early_data", data.toString()));
                var ours = BareConnection.accepted(
                        listening, server(retries ? NamedGroup.SECP384R1 : NamedGroup.X25519))) {
            theirs.process.output().await("Early data was rejected");
            assertTrue(messages(ours, ClientHello.class)
                    .get(0)
                    .extensions()
                    .find(EarlyData.class)
                    .isPresent());
            assertFalse(isResumed(ours));
            theirs.send(MESSAGE);
            assertTrue(ours.received(MESSAGE.length()).startsWith(MESSAGE));
            ours.send(MESSAGE);
            assertEquals(Message.digits(MESSAGE), Message.digits(theirs.received()));
        }
    }

    private static void permittingSession(String file) throws Exception {
        var terms = Terms.server(TestCertificates.ecServer()).only(VERSION);
        try (var server = new Openssl().listen(terms, List.of("-early_data"));
                var client =
                        new Openssl().call(Terms.client().only(VERSION), server.port(), List.of("-sess_out", file))) {
            server.send(MESSAGE);
            // Whatever it says comes behind the tickets.
            client.received();
            client.finish();
            client.process.exitCode();
        }
    }
}
