package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.Pairing;
import org.almosttls.testkit.Peers;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions that another stack and ours make together, and then resume by their ids. */
@Timeout(60)
class ResumptionInteropTest {

    private static final String MESSAGE = Message.of(100);

    /** OpenSSL says so of each connection. */
    private static final String RESUMED = "Reused, TLSv1\\.2";

    /** An application that waits for the next connection. */
    static SSLSession serve(ServerSocket listening, Terms client, String... options) throws Exception {
        try (var theirs = new Openssl().call(client, listening.getLocalPort(), List.of(options));
                var ours = (SSLSocket) listening.accept()) {
            ours.setSoTimeout(Ours.PATIENCE_MILLIS);
            ours.setWantClientAuth(client.own().isPresent());
            theirs.send(MESSAGE);
            var came = ours.getInputStream().readNBytes(MESSAGE.length());
            assertEquals(MESSAGE, new String(came, StandardCharsets.US_ASCII));
            ours.getOutputStream().write(came);
            theirs.received();
            boolean resumed = options[0].equals("-sess_in");
            theirs.process.output().await(resumed ? RESUMED : "New, TLSv1\\.2");
            theirs.finish();
            theirs.process.exitCode();
            return ours.getSession();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "WANT"})
    void opensslComesBack(ClientAuthentication shows, @TempDir Path folder) throws Exception {
        Peers.OPENSSL.require();
        var context = Contexts.with(Contexts.OURS, TestCertificates.rsaServer());
        var terms = shows == ClientAuthentication.NONE
                ? Terms.client()
                : Terms.client().as(TestCertificates.ecClient());
        var file = folder.resolve("session").toString();
        try (var listening = listening(context)) {
            var first = serve(listening, terms, "-sess_out", file);
            assertEquals(true, Files.exists(Path.of(file)));
            assertSame(first, serve(listening, terms, "-sess_in", file));
            if (shows == ClientAuthentication.WANT)
                assertArrayEquals(TestCertificates.ecClient().chain().toArray(), first.getPeerCertificates());
        }
    }

    /** RFC 7627 §5.3: its sessions could not be resumed safely, so they are not resumed at all. */
    @Test
    void opensslWithoutExtendedMasterSecretGoesTheLongWay(@TempDir Path folder) throws Exception {
        Peers.OPENSSL.require();
        var context = Contexts.with(Contexts.OURS, TestCertificates.rsaServer());
        var terms = Terms.client().withoutExtendedMasterSecret();
        try (var listening = listening(context)) {
            var first = serve(
                    listening, terms, "-sess_out", folder.resolve("session").toString());
            assertEquals(0, first.getId().length);
            assertNotSame(
                    first,
                    serve(listening, terms, "-sess_out", folder.resolve("other").toString()));
        }
    }

    static ServerSocket listening(SSLContext context) throws IOException {
        var listening = context.getServerSocketFactory().createServerSocket(0, 1, Ours.LOOPBACK);
        listening.setSoTimeout(Ours.PATIENCE_MILLIS);
        return listening;
    }

    static SSLSession call(SSLContext context, int port) throws IOException {
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket()) {
            var address = InetAddress.getByAddress(TestCertificates.HOST, Ours.LOOPBACK.getAddress());
            socket.connect(new InetSocketAddress(address, port));
            socket.setSoTimeout(Ours.PATIENCE_MILLIS);
            socket.startHandshake();
            socket.getOutputStream().write(MESSAGE.getBytes(StandardCharsets.US_ASCII));
            return socket.getSession();
        }
    }

    @Test
    void weComeBackToOpenssl() throws Exception {
        var context = Contexts.client(Contexts.OURS);
        var terms = Terms.server(TestCertificates.ecServer());
        try (var theirs = new Openssl().listen(terms, List.of("-naccept", "2", "-no_ticket"))) {
            var first = call(context, theirs.port());
            theirs.received();
            assertSame(first, call(context, theirs.port()));
            theirs.received();
            theirs.process.output().await("Reused session-id");
        }
    }

    /** By ticket, since both ends have them. */
    @ParameterizedTest
    @EnumSource(Pairing.class)
    void javaComesBack(Pairing pairing) throws Exception {
        var client = pairing.client(TestCertificates.ecClient());
        var server = pairing.server(TestCertificates.rsaServer());
        var first = conversation(client, server);
        var second = conversation(client, server);
        if (pairing == Pairing.PLATFORM_WITH_PLATFORM) return;
        for (boolean ofClient : new boolean[] {true, false}) {
            var before = (ofClient ? first.client() : first.server()).engine().getSession();
            var after = (ofClient ? second.client() : second.server()).engine().getSession();
            boolean ours = ofClient == pairing.clientIsOurs();
            // A server of the platform makes up another id whenever it goes by ticket.
            if (ours || ofClient) assertArrayEquals(before.getId(), after.getId());
            assertEquals(before.getCreationTime(), after.getCreationTime());
        }
        var ours = pairing.clientIsOurs() ? first.client() : first.server();
        var again = pairing.clientIsOurs() ? second.client() : second.server();
        assertSame(ours.engine().getSession(), again.engine().getSession());
        assertEquals(1, second.client().timesFinished());
        assertEquals(1, second.server().timesFinished());
    }

    static EnginePair conversation(SSLContext client, SSLContext server) throws Exception {
        var pair = new EnginePair(client, server).handshake();
        EnginePair.send(pair.client(), pair.server(), new byte[] {1, 2});
        EnginePair.send(pair.server(), pair.client(), new byte[] {3});
        assertArrayEquals(new byte[] {1, 2}, pair.server().data());
        assertArrayEquals(new byte[] {3}, pair.client().data());
        return pair;
    }
}
