package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.Renegotiating;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an application's own code may do while a handshake asks it, and that it holds up nobody else. */
@Timeout(60)
class ApplicationsAmidHandshakesTest {

    private static final String DHE = "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256";

    /** Trusts everybody, and reads the socket it is asked about, if there is one. */
    private static final class Reading implements X509TrustManager {

        private final AtomicReference<Optional<SSLSocket>> socket = new AtomicReference<>(Optional.empty());
        private final List<String> refusals = new ArrayList<>();

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            if (socket.get().isEmpty()) return;
            var refused = assertThrows(
                    SSLException.class,
                    () -> socket.get().get().getInputStream().read());
            refusals.add(refused.getMessage());
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** It would wait for what comes only when it has answered. */
    @Test
    void aTrustManagerThatReadsItsSocketAmidARenegotiationIsRefusedAndTheConnectionGoesOn() throws Exception {
        var trust = new Reading();
        var client = Contexts.of(Renegotiating.OURS, null, new TrustManager[] {trust});
        var server = Contexts.with(Renegotiating.OURS, TestCertificates.ecServer());
        try (var pair = new SocketPair(client, server).handshake()) {
            trust.socket.set(Optional.of(pair.client()));
            pair.client().startHandshake();
            var echo = pair.async(() -> {
                pair.server()
                        .getOutputStream()
                        .write(pair.server().getInputStream().read());
                return true;
            });
            pair.client().getOutputStream().write(7);
            assertEquals(7, pair.client().getInputStream().read());
            SocketPair.await(echo);
            assertEquals(List.of("a handshake is under way in this thread"), trust.refusals);
        }
    }

    /** Whoever is asked amid a lock would have another thread wait for it; the test would not end. */
    private static void assertNobodyWaits(SSLEngine engine) {
        var other = new Thread(engine::getDelegatedTask);
        other.start();
        try {
            other.join();
        } catch (InterruptedException late) {
            throw new IllegalStateException(late);
        }
    }

    private static EnginePair pair() {
        var pair = new EnginePair(
                Contexts.client(Contexts.OURS), Contexts.with(Contexts.OURS, TestCertificates.rsaServer()));
        pair.client().engine().setEnabledCipherSuites(new String[] {DHE});
        return pair;
    }

    @Test
    void constraintsAreAskedAboutAKeyWhereNothingIsLocked() throws Exception {
        var pair = pair();
        var engine = pair.client().engine();
        var asked = new ArrayList<String>();
        var parameters = engine.getSSLParameters();
        parameters.setAlgorithmConstraints(new AlgorithmConstraints() {
            @Override
            public boolean permits(Set<CryptoPrimitive> uses, Key key) {
                asked.add(key.getAlgorithm());
                assertNobodyWaits(engine);
                return true;
            }

            @Override
            public boolean permits(Set<CryptoPrimitive> uses, String algorithm, AlgorithmParameters with) {
                return true;
            }

            @Override
            public boolean permits(Set<CryptoPrimitive> uses, String algorithm, Key key, AlgorithmParameters with) {
                return true;
            }
        });
        engine.setSSLParameters(parameters);
        pair.handshake();
        assertEquals(
                1,
                asked.stream().filter(each -> each.matches("DH|DiffieHellman")).count());
    }

    @Test
    void matchersAreAskedWhereNothingIsLocked() throws Exception {
        var pair = pair();
        var engine = pair.server().engine();
        var asked = new ArrayList<SNIServerName>();
        var parameters = engine.getSSLParameters();
        parameters.setSNIMatchers(List.of(new SNIMatcher(StandardConstants.SNI_HOST_NAME) {
            @Override
            public boolean matches(SNIServerName name) {
                asked.add(name);
                assertNobodyWaits(engine);
                return true;
            }
        }));
        engine.setSSLParameters(parameters);
        var ofClient = pair.client().engine().getSSLParameters();
        ofClient.setServerNames(List.of(new SNIHostName("some.example")));
        pair.client().engine().setSSLParameters(ofClient);
        pair.handshake();
        assertEquals(1, asked.size());
    }

    /** As on the platform: a session is of whoever began it, and so is its address. */
    @Test
    void theAddressOfAResumedSessionIsThatOfItsFirstConnection() throws Exception {
        for (var provider : List.of(Contexts.OURS, Contexts.PLATFORM)) {
            var client = Contexts.client(Contexts.OURS);
            var loopback = InetAddress.getLoopbackAddress();
            try (var listening = Contexts.with(provider, TestCertificates.ecServer())
                    .getServerSocketFactory()
                    .createServerSocket(0, 1, loopback)) {
                int first = peerPort(client, listening, true);
                assertEquals(first, peerPort(client, listening, false), provider.getName());
            }
        }
    }

    private static int peerPort(SSLContext context, ServerSocket listening, boolean begins) throws Exception {
        var address = InetAddress.getByAddress(TestCertificates.HOST, new byte[] {127, 0, 0, 1});
        try (var client = (SSLSocket) context.getSocketFactory().createSocket(address, listening.getLocalPort());
                var server = (SSLSocket) listening.accept()) {
            var serving = new Thread(() -> echo(server));
            serving.start();
            client.getOutputStream().write(1);
            assertEquals(1, client.getInputStream().read());
            serving.join();
            int shown = server.getSession().getPeerPort();
            assertEquals(begins, shown == client.getLocalPort());
            return shown;
        }
    }

    private static void echo(SSLSocket server) {
        try {
            server.getOutputStream().write(server.getInputStream().read());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
