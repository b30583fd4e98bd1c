package org.almosttls.built;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.Security;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.api.EarlyData;
import org.almosttls.api.PostHandshakeAuthentication;
import org.almosttls.api.PreSharedKeys;
import org.almosttls.api.SocketHeartbeat;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.Noise;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Java code of README.md, line by line, doing what is said there. */
class ReadmeCodeTest {

    @AfterEach
    void removeProvider() {
        Security.removeProvider("AlmostTLS");
    }

    @Test
    void oneContextOfOursShakesHands() throws Exception {
        var keyManagers = Contexts.keys(TestCertificates.ecServer());
        var trustManagers = Contexts.trust(TestCertificates.trustStore());
        SSLContext context = SSLContext.getInstance("TLS", new AlmostTlsProvider());
        context.init(keyManagers, trustManagers, null);
        var pair = new EnginePair(context, context).handshake();
        assertEquals("TLSv1.3", pair.client().engine().getSession().getProtocol());
    }

    @Test
    void aContextOfTheTextbookShakesHands() throws Exception {
        SSLContext context = SSLContext.getInstance("AlmostTLS", new AlmostTlsProvider());
        context.init(Contexts.keys(TestCertificates.rsaServer()), Contexts.trust(TestCertificates.trustStore()), null);
        try (var pair = new SocketPair(context, context).handshake()) {
            assertEquals("AlmostTLSv1", pair.client().getSession().getProtocol());
        }
    }

    @Test
    void inFirstPlaceItIsEverybodysTls() throws Exception {
        Security.insertProviderAt(new AlmostTlsProvider(), 1);
        assertEquals(
                List.of("AlmostTLS", "AlmostTLS", "AlmostTLS"),
                List.of(providerOf("TLS"), providerOf("TLSv1.2"), providerOf("TLSv1.3")));
    }

    /** docs/jca-provider.md. */
    @Test
    void inLastPlaceItIsThereForThoseWhoNameIt() throws Exception {
        Security.addProvider(new AlmostTlsProvider());
        SSLContext context = SSLContext.getInstance("TLS", "AlmostTLS");
        assertEquals("AlmostTLS", context.getProvider().getName());
        assertEquals("SunJSSE", providerOf("TLS"));
    }

    /** docs/jca-provider.md. */
    @Test
    void takenOutItIsNobodysAnyMore() throws Exception {
        Security.insertProviderAt(new AlmostTlsProvider(), 1);
        Security.removeProvider("AlmostTLS");
        assertEquals("SunJSSE", providerOf("TLS"));
    }

    /** docs/heartbeat.md. */
    @Test
    void heartbeatsTellThatThePeerIsAlive() throws Exception {
        System.setProperty("almosttls.heartbeat", "true");
        var ours = new AlmostTlsProvider();
        var server = Contexts.with(ours, TestCertificates.ecServer());
        try (var pair = new SocketPair(Contexts.client(ours), server).handshake()) {
            var echoing = pair.async(() -> pair.server().getInputStream().read());
            var socket = pair.client();
            SocketHeartbeat heart = (SocketHeartbeat) socket;
            heart.setHeartbeatInterval(Duration.ofMinutes(2));
            if (heart.mayAskHeartbeat() && heart.askHeartbeat(16)) {
                boolean alive = heart.awaitHeartbeat(Duration.ofSeconds(10));
                assertTrue(alive, "the peer has answered");
            }
            assertTrue(heart.mayAskHeartbeat());
            socket.getOutputStream().write(1);
            assertEquals(1, SocketPair.await(echoing));
        } finally {
            System.clearProperty("almosttls.heartbeat");
        }
    }

    /** docs/client-certificates.md. */
    @Test
    void aClientIsAskedForItsCertificateLater() throws Exception {
        System.setProperty("almosttls.post_handshake_auth", "true");
        var ours = new AlmostTlsProvider();
        var asked = Contexts.named("TLS", ours, TestCertificates.ecClient());
        try (var pair = new SocketPair(asked, Contexts.named("TLS", ours, TestCertificates.ecServer())).handshake()) {
            var socket = pair.server();
            var client = (PostHandshakeAuthentication) socket;
            if (client.mayRequestClientCertificate()) client.requestClientCertificate();
            var answering = pair.async(() -> pair.client().getInputStream().read());
            pair.client().getOutputStream().write(1);
            assertEquals(1, socket.getInputStream().read());
            socket.getOutputStream().write(2);
            assertEquals(2, SocketPair.await(answering));
            pair.client().getOutputStream().write(3);
            assertEquals(3, socket.getInputStream().read());
            assertEquals(
                    TestCertificates.ecClient().certificate(),
                    socket.getSession().getPeerCertificates()[0]);
        } finally {
            System.clearProperty("almosttls.post_handshake_auth");
        }
    }

    /** docs/early-data.md. */
    @Test
    void aRequestGoesWithTheHello() throws Exception {
        var ours = new AlmostTlsProvider();
        var asking = Contexts.named("TLS", ours);
        var serving = Contexts.named("TLS", ours, TestCertificates.ecServer());
        byte[] request = {7, 7};
        var here = InetAddress.getByAddress(TestCertificates.HOST, new byte[] {127, 0, 0, 1});
        try (var listening = serving.getServerSocketFactory().createServerSocket(0, 1, here)) {
            for (boolean again : new boolean[] {false, true}) {
                var answering = CompletableFuture.supplyAsync(() -> answered(listening, request));
                try (var socket = (SSLSocket) asking.getSocketFactory().createSocket(here, listening.getLocalPort())) {
                    ask(socket, request);
                    assertEquals(again, ((EarlyData) socket).isEarlyDataAccepted());
                    assertEquals(1, socket.getInputStream().read());
                    assertEquals(again, answering.get(10, TimeUnit.SECONDS));
                }
            }
        }
    }

    private static void ask(SSLSocket socket, byte[] request) throws IOException {
        ((EarlyData) socket).sendEarlyData(request);
        socket.startHandshake();
        if (!((EarlyData) socket).isEarlyDataAccepted())
            socket.getOutputStream().write(request);
    }

    /** Whether the request came early. */
    private static boolean answered(ServerSocket listening, byte[] expected) {
        try (var accepted = (SSLSocket) listening.accept()) {
            return answered(accepted, expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean answered(SSLSocket accepted, byte[] expected) throws IOException {
        ((EarlyData) accepted).acceptEarlyData(16_384);
        accepted.startHandshake();
        byte[] request = ((EarlyData) accepted).receivedEarlyData();
        boolean early = request.length > 0;
        if (!early) request = accepted.getInputStream().readNBytes(expected.length);
        assertArrayEquals(expected, request);
        accepted.getOutputStream().write(1);
        return early;
    }

    /** docs/pre-shared-keys.md. */
    @Test
    void aKeyStandsForBothEnds() throws Exception {
        var ours = new AlmostTlsProvider();
        byte[] identity = {0x0A, 0x0B};
        SecretKey key = new SecretKeySpec(Noise.of(32), "PSK");
        try (var pair = new SocketPair(Contexts.named("TLS", ours), Contexts.named("TLS", ours))) {
            var knowing = pair.async(() -> known(pair.server(), Map.of("0a0b", key)));
            var socket = pair.client();
            ((PreSharedKeys) socket).offerPreSharedKey(identity, key, "SHA-256");
            socket.startHandshake();
            assertArrayEquals(identity, SocketPair.await(knowing));
        }
    }

    private static byte[] known(SSLSocket accepted, Map<String, SecretKey> keys) throws Exception {
        ((PreSharedKeys) accepted).acceptPreSharedKeys("SHA-256", asked -> Optional.ofNullable(keys.get(hex(asked))));
        accepted.startHandshake();
        byte[] known = ((PreSharedKeys) accepted).preSharedKeyIdentity().orElseThrow();
        return known;
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    private static String providerOf(String algorithm) throws Exception {
        return SSLContext.getInstance(algorithm).getProvider().getName();
    }
}
