package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.PeerProcess;
import org.almosttls.testkit.Peers;
import org.almosttls.testkit.PemFiles;
import org.almosttls.testkit.Renegotiating;
import org.almosttls.testkit.TestCertificates;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Renegotiation with other people's stacks, whoever begins, and with peers that it is not done with. */
@Timeout(60)
class RenegotiationPeersTest {

    private static final String MESSAGE = Message.of(100);
    private static final String DIGITS = Message.digits(MESSAGE);

    private static CompletableFuture<SSLSession> told(SSLSocket socket) {
        var told = new CompletableFuture<SSLSession>();
        socket.addHandshakeCompletedListener(event -> told.complete(event.getSession()));
        return told;
    }

    private static SSLSocket call(int port) throws IOException {
        var socket = (SSLSocket) Contexts.with(Renegotiating.OURS, TestCertificates.ecClient())
                .getSocketFactory()
                .createSocket();
        var address = InetAddress.getByAddress(TestCertificates.HOST, Ours.LOOPBACK.getAddress());
        socket.connect(new InetSocketAddress(address, port));
        socket.setSoTimeout(Ours.PATIENCE_MILLIS);
        socket.startHandshake();
        return socket;
    }

    private static SSLServerSocket listening() throws IOException {
        var listening = (SSLServerSocket) Contexts.with(Renegotiating.OURS, TestCertificates.ecServer())
                .getServerSocketFactory()
                .createServerSocket(0, 1, Ours.LOOPBACK);
        listening.setSoTimeout(Ours.PATIENCE_MILLIS);
        return listening;
    }

    private static SSLSocket accept(SSLServerSocket listening) throws IOException {
        var socket = (SSLSocket) listening.accept();
        socket.setSoTimeout(Ours.PATIENCE_MILLIS);
        return socket;
    }

    /** Theirs sends, ours reads, which also goes on with whatever handshake there is; and the reverse. */
    private static void converse(SSLSocket ours, Correspondent theirs) throws Exception {
        theirs.send(MESSAGE);
        var came = ours.getInputStream().readNBytes(MESSAGE.length());
        assertEquals(MESSAGE, new String(came, StandardCharsets.US_ASCII));
        ours.getOutputStream().write(came);
        assertEquals(DIGITS, Message.digits(theirs.received()));
    }

    /**
     * The same once the handshake is over, which reading brings about: neither OpenSSL nor GnuTLS takes data amid one,
     * whatever RFC 5246 §6.2.1 says.
     */
    private static SSLSession converseAfter(CompletableFuture<SSLSession> told, SSLSocket ours, Correspondent theirs)
            throws Exception {
        var came = CompletableFuture.supplyAsync(() -> read(ours));
        var session = told.get(10, TimeUnit.SECONDS);
        theirs.send(MESSAGE);
        assertEquals(DIGITS, Message.digits(came.get(10, TimeUnit.SECONDS)));
        ours.getOutputStream().write(MESSAGE.getBytes(StandardCharsets.US_ASCII));
        assertEquals(DIGITS, Message.digits(theirs.received()));
        return session;
    }

    private static String read(SSLSocket ours) {
        try {
            var came = new StringBuilder();
            while (came.indexOf(">\n") < 0)
                came.append((char) ours.getInputStream().read());
            return came.toString();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** OpenSSL's client does so at its command R. */
    @Test
    void opensslsClientBegins() throws Exception {
        Peers.OPENSSL.require();
        try (var listening = listening();
                var theirs = new Openssl().call(Terms.client(), listening.getLocalPort(), List.of());
                var ours = accept(listening)) {
            converse(ours, theirs);
            var told = told(ours);
            var before = ours.getSession();
            theirs.send("R\n");
            theirs.process.output().await("RENEGOTIATING");
            assertNotSame(before, converseAfter(told, ours, theirs));
        }
    }

    @Test
    void opensslsClientIsAskedForACertificateLate() throws Exception {
        Peers.OPENSSL.require();
        try (var listening = listening();
                var theirs = new Openssl()
                        .call(Terms.client().as(TestCertificates.ecClient()), listening.getLocalPort(), List.of());
                var ours = accept(listening)) {
            converse(ours, theirs);
            ours.setNeedClientAuth(true);
            var told = told(ours);
            ours.startHandshake();
            assertEquals(
                    TestCertificates.ecClient().certificate(),
                    converseAfter(told, ours, theirs).getPeerCertificates()[0]);
        }
    }

    /** OpenSSL's server wants one at its command r, and one with a client certificate at R. */
    @ParameterizedTest
    @ValueSource(strings = {"r", "R"})
    void opensslsServerBegins(String command) throws Exception {
        Peers.OPENSSL.require();
        var terms = Terms.server(TestCertificates.ecServer());
        try (var theirs = new Openssl().listen(terms, List.of());
                var ours = call(theirs.port())) {
            converse(ours, theirs);
            var told = told(ours);
            theirs.send(command + "\n");
            var session = converseAfter(told, ours, theirs);
            assertEquals(command.equals("R"), session.getLocalCertificates() != null);
        }
    }

    @Test
    void weBeginWithOpenssl() throws Exception {
        Peers.OPENSSL.require();
        var terms = Terms.server(TestCertificates.ecServer());
        try (var theirs = new Openssl().listen(terms, List.of("-client_renegotiation"));
                var ours = call(theirs.port())) {
            converse(ours, theirs);
            var told = told(ours);
            ours.startHandshake();
            converseAfter(told, ours, theirs);
        }
    }

    /** OpenSSL's server refuses its clients by default, and both go on. */
    @Test
    void opensslMayDecline() throws Exception {
        Peers.OPENSSL.require();
        try (var theirs = new Openssl().listen(Terms.server(TestCertificates.ecServer()), List.of());
                var ours = call(theirs.port())) {
            converse(ours, theirs);
            var before = ours.getSession();
            ours.startHandshake();
            converse(ours, theirs);
            converse(ours, theirs);
            assertSame(before, ours.getSession());
        }
    }

    @Test
    void gnutlssClientBegins() throws Exception {
        Peers.GNUTLS_CLI.require();
        try (var listening = listening();
                var theirs = gnutls(listening.getLocalPort(), "", "--rehandshake");
                var ours = accept(listening)) {
            var told = told(ours);
            theirs.say(MESSAGE);
            var came = ours.getInputStream().readNBytes(MESSAGE.length());
            ours.getOutputStream().write(came);
            theirs.output().await("ReHandshake was completed");
            assertEquals(DIGITS, Message.digits(theirs.output().take(Message.PATTERN)));
            told.get(10, TimeUnit.SECONDS);
        }
    }

    private static PeerProcess gnutls(int port, String priorities, String... more) {
        var words = new ArrayList<>(List.of(more));
        words.addAll(List.of(
                "--port",
                Integer.toString(port),
                "--priority",
                "NORMAL:-VERS-ALL:+VERS-TLS1.2" + priorities,
                "--x509cafile",
                PemFiles.of(TestCertificates.ca()),
                "--sni-hostname",
                TestCertificates.HOST,
                "--verify-hostname",
                TestCertificates.HOST,
                "127.0.0.1"));
        return PeerProcess.start(Peers.GNUTLS_CLI, words, Map.of());
    }

    /** RFC 5746 §4.3, RFC 7627 §5.4: asking does nothing then, and the connection goes on. */
    @ParameterizedTest
    @ValueSource(strings = {":%DISABLE_SAFE_RENEGOTIATION", ":%NO_SESSION_HASH"})
    void aClientThatIsNotSafeToAskIsNotAsked(String priorities) throws Exception {
        Peers.GNUTLS_CLI.require();
        try (var listening = listening();
                var theirs = gnutls(listening.getLocalPort(), priorities);
                var ours = accept(listening)) {
            ours.startHandshake();
            var before = ours.getSession();
            ours.startHandshake();
            theirs.say(MESSAGE);
            var came = ours.getInputStream().readNBytes(MESSAGE.length());
            ours.getOutputStream().write(came);
            assertEquals(DIGITS, Message.digits(theirs.output().take(Message.PATTERN)));
            assertSame(before, ours.getSession());
        }
    }

    /** GnuTLS's server wants one when a client sends it these words. */
    @Test
    void gnutlssServerBegins() throws Exception {
        Peers.GNUTLS_SERV.require();
        try (var theirs = new Gnutls().listen(Terms.server(TestCertificates.ecServer()));
                var ours = call(theirs.port())) {
            var told = told(ours);
            ours.getOutputStream().write("**REHANDSHAKE**\n".getBytes(StandardCharsets.US_ASCII));
            var came = CompletableFuture.supplyAsync(() -> read(ours));
            told.get(10, TimeUnit.SECONDS);
            ours.getOutputStream().write(MESSAGE.getBytes(StandardCharsets.US_ASCII));
            assertTrue(came.get(10, TimeUnit.SECONDS).endsWith(MESSAGE));
        }
    }

    /** Bouncy Castle's provider never does it: as a server it says so, as a client it is silent or says so. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bouncyCastleDeclines(boolean oursIsClient) throws Exception {
        var bc = new BouncyCastleJsseProvider(new BouncyCastleProvider());
        var ours = Renegotiating.OURS;
        var pair = new EnginePair(
                        Contexts.client(oursIsClient ? ours : bc),
                        Contexts.with(oursIsClient ? bc : ours, TestCertificates.rsaServer()))
                .handshake();
        var willing = oursIsClient ? pair.client() : pair.server();
        var before = willing.engine().getSession();
        willing.engine().beginHandshake();
        pair.handshake();
        EnginePair.send(pair.client(), pair.server(), new byte[] {1, 2});
        EnginePair.send(pair.server(), pair.client(), new byte[] {3});
        assertEquals(2, pair.server().data().length);
        assertEquals(1, pair.client().data().length);
        assertSame(before, willing.engine().getSession());
    }
}
