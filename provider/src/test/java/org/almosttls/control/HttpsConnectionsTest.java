package org.almosttls.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.almosttls.testkit.Noise;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The platform's HTTPS clients over sockets and engines of the stack, to the platform's server over its engines. */
class HttpsConnectionsTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** Echoes what is posted. */
    private record Server(HttpsServer server) implements AutoCloseable {

        static Server start(SSLContext context, boolean clientAuthentication) throws IOException {
            var server = HttpsServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context) {
                @Override
                public void configure(HttpsParameters parameters) {
                    var wishes = context.getDefaultSSLParameters();
                    wishes.setNeedClientAuth(clientAuthentication);
                    parameters.setSSLParameters(wishes);
                }
            });
            server.createContext("/", exchange -> {
                byte[] body = exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
                try (var out = exchange.getResponseBody()) {
                    out.write(body);
                }
            });
            server.start();
            return new Server(server);
        }

        URI uri() {
            return URI.create("https://localhost:" + server.getAddress().getPort() + "/");
        }

        HttpsURLConnection open() throws IOException {
            return (HttpsURLConnection) uri().toURL().openConnection();
        }

        HttpsURLConnection open(SSLContext context) throws IOException {
            var connection = open();
            connection.setSSLSocketFactory(context.getSocketFactory());
            return connection;
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    abstract static class Suite extends Control {

        Suite(Stack stack) {
            super(stack);
        }

        @EachVersion
        void aConnectionTellsOfItsSession(String version) throws Exception {
            var ofServer = TestCertificates.ecServer().certificate();
            try (var server = Server.start(server(version), false)) {
                var connection = server.open(client(version));
                connection.connect();
                var session = connection.getSSLSession().orElseThrow();
                assertEquals(version, session.getProtocol());
                assertEquals(session.getCipherSuite(), connection.getCipherSuite());
                assertEquals(ofServer, connection.getServerCertificates()[0]);
                assertEquals(ofServer.getSubjectX500Principal(), connection.getPeerPrincipal());
                assertNull(connection.getLocalCertificates());
                assertNull(connection.getLocalPrincipal());
                assertEquals("localhost", session.getPeerHost());
                assertEquals(200, connection.getResponseCode());
            }
        }

        @EachVersion
        void aClientShowsWhoItIs(String version) throws Exception {
            var own = TestCertificates.ecClient();
            try (var server = Server.start(server(version), true)) {
                var connection = server.open(client(version, own));
                connection.setDoOutput(true);
                connection.getOutputStream().write(Noise.of(100));
                assertArrayEquals(Noise.of(100), connection.getInputStream().readAllBytes());
                assertEquals(own.certificate(), connection.getLocalCertificates()[0]);
                assertEquals(own.certificate().getSubjectX500Principal(), connection.getLocalPrincipal());
            }
        }

        @EachVersion
        void beforeItIsConnectedItTellsNothing(String version) throws Exception {
            try (var server = Server.start(server(version), false)) {
                var connection = server.open(client(version));
                assertThrows(IllegalStateException.class, connection::getCipherSuite);
                assertThrows(IllegalStateException.class, connection::getServerCertificates);
                assertThrows(IllegalStateException.class, connection::getLocalCertificates);
                assertThrows(IllegalStateException.class, connection::getPeerPrincipal);
                assertThrows(IllegalStateException.class, connection::getLocalPrincipal);
                assertThrows(IllegalStateException.class, connection::getSSLSession);
            }
        }

        @EachVersion
        void connectionsAreKeptAlive(String version) throws Exception {
            try (var server = Server.start(server(version), false)) {
                var factory = client(version).getSocketFactory();
                var seen = new AtomicReference<SSLSession>();
                for (int i = 0; i < 3; i++) {
                    var connection = server.open();
                    connection.setSSLSocketFactory(factory);
                    connection.setDoOutput(true);
                    connection.getOutputStream().write(Noise.of(40_000));
                    assertArrayEquals(
                            Noise.of(40_000), connection.getInputStream().readAllBytes());
                    var session = connection.getSSLSession().orElseThrow();
                    assertTrue(seen.getAndSet(session) == null || seen.get() == session);
                }
            }
        }

        /** Its server reads on until then. */
        @EachVersion
        void aConnectionThatIsKeptSaysGoodbyeWhenItIsDisconnected(String version) throws Exception {
            try (var listening = server(version).getServerSocketFactory().createServerSocket(0, 1, LOOPBACK)) {
                var serving = CompletableFuture.supplyAsync(() -> {
                    try (var accepted = (SSLSocket) listening.accept()) {
                        return answerOnce(accepted);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                var connection = (HttpsURLConnection) URI.create("https://localhost:" + listening.getLocalPort() + "/")
                        .toURL()
                        .openConnection();
                connection.setSSLSocketFactory(client(version).getSocketFactory());
                assertEquals('!', connection.getInputStream().read());
                connection.disconnect();
                assertEquals(-1, serving.get());
            }
        }

        private static int answerOnce(SSLSocket server) throws IOException {
            var in = server.getInputStream();
            for (int newLines = 0; newLines < 2; ) {
                int octet = in.read();
                if (octet != '\r') newLines = octet == '\n' ? newLines + 1 : 0;
            }
            server.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n!".getBytes(StandardCharsets.US_ASCII));
            return in.read();
        }

        @EachVersion
        void namesAreCheckedAndTheVerifierAskedWhereTheyDoNotMatch(String version) throws Exception {
            var context = server(version, TestCertificates.wrongHostServer());
            try (var server = Server.start(context, false)) {
                assertInstanceOf(
                        CertificateException.class,
                        assertThrows(
                                        SSLHandshakeException.class,
                                        () -> server.open(client(version)).getResponseCode())
                                .getCause());
                var asked = new AtomicReference<String>();
                var connection = server.open(client(version));
                connection.setHostnameVerifier((host, session) -> {
                    asked.set(host + " " + session.getProtocol());
                    return true;
                });
                assertEquals(200, connection.getResponseCode());
                assertEquals("localhost " + version, asked.get());
                var refusing = server.open(client(version));
                refusing.setHostnameVerifier((host, session) -> false);
                assertThrows(IOException.class, refusing::getResponseCode);
            }
        }

        @EachVersion
        void aVerifierIsNotAskedWhereTheNameMatches(String version) throws Exception {
            try (var server = Server.start(server(version), false)) {
                var connection = server.open(client(version));
                HostnameVerifier never = (host, session) -> false;
                connection.setHostnameVerifier(never);
                assertSame(never, connection.getHostnameVerifier());
                assertEquals(200, connection.getResponseCode());
                assertThrows(IllegalArgumentException.class, () -> connection.setHostnameVerifier(null));
            }
        }

        @EachVersion
        void anUnknownCaIsRefused(String version) throws Exception {
            try (var server = Server.start(server(version, TestCertificates.unknownCaServer()), false)) {
                var connection = server.open(client(version));
                var refusal = assertThrows(SSLHandshakeException.class, connection::connect);
                assertInstanceOf(CertificateException.class, refusal.getCause());
            }
        }

        @EachVersion
        void defaultsAreThoseOfConnectionsThatAreMadeLater(String version) throws Exception {
            var factoryBefore = HttpsURLConnection.getDefaultSSLSocketFactory();
            var verifierBefore = HttpsURLConnection.getDefaultHostnameVerifier();
            assertNotNull(factoryBefore);
            assertNotNull(verifierBefore);
            var factory = client(version).getSocketFactory();
            HostnameVerifier verifier = (host, session) -> true;
            try (var server = Server.start(server(version, TestCertificates.wrongHostServer()), false)) {
                var earlier = server.open();
                HttpsURLConnection.setDefaultSSLSocketFactory(factory);
                HttpsURLConnection.setDefaultHostnameVerifier(verifier);
                assertSame(factory, HttpsURLConnection.getDefaultSSLSocketFactory());
                assertSame(verifier, HttpsURLConnection.getDefaultHostnameVerifier());
                var later = server.open();
                assertSame(factory, later.getSSLSocketFactory());
                assertSame(verifier, later.getHostnameVerifier());
                assertEquals(200, later.getResponseCode());
                assertSame(factoryBefore, earlier.getSSLSocketFactory());
            } finally {
                HttpsURLConnection.setDefaultSSLSocketFactory(factoryBefore);
                HttpsURLConnection.setDefaultHostnameVerifier(verifierBefore);
            }
        }

        @Test
        void noFactoryAndNoVerifierAreRefused() throws Exception {
            var connection = (HttpsURLConnection)
                    URI.create("https://localhost:1/").toURL().openConnection();
            assertThrows(IllegalArgumentException.class, () -> connection.setSSLSocketFactory(null));
            assertThrows(IllegalArgumentException.class, () -> HttpsURLConnection.setDefaultSSLSocketFactory(null));
            assertThrows(IllegalArgumentException.class, () -> HttpsURLConnection.setDefaultHostnameVerifier(null));
        }

        @EachVersion
        void theNewerClientTellsOfItsSessionToo(String version) throws Exception {
            try (var server = Server.start(server(version), false)) {
                var client = HttpClient.newBuilder().sslContext(client(version)).build();
                var request = HttpRequest.newBuilder(server.uri())
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Noise.of(40_000)))
                        .build();
                var response = client.send(request, BodyHandlers.ofByteArray());
                assertArrayEquals(Noise.of(40_000), response.body());
                var session = response.sslSession().orElseThrow();
                assertEquals(version, session.getProtocol());
                assertEquals(TestCertificates.ecServer().certificate(), session.getPeerCertificates()[0]);
                assertEquals("localhost", session.getPeerHost());
            }
        }

        @EachVersion
        void theNewerClientHeedsItsParameters(String version) throws Exception {
            String suite =
                    version.equals("TLSv1.3") ? "TLS_AES_128_GCM_SHA256" : "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
            try (var server = Server.start(server(version), true)) {
                var client = HttpClient.newBuilder()
                        .sslContext(client(version, TestCertificates.ecClient()))
                        .sslParameters(new SSLParameters(new String[] {suite}, new String[] {version}))
                        .build();
                var response = client.send(HttpRequest.newBuilder(server.uri()).build(), BodyHandlers.discarding());
                var session = response.sslSession().orElseThrow();
                assertEquals(suite, session.getCipherSuite());
                assertEquals(TestCertificates.ecClient().certificate(), session.getLocalCertificates()[0]);
            }
        }

        @EachVersion
        void theNewerClientRefusesWhomItDoesNotKnow(String version) throws Exception {
            for (var identity : List.of(TestCertificates.unknownCaServer(), TestCertificates.wrongHostServer())) {
                try (var server = Server.start(server(version, identity), false)) {
                    var client =
                            HttpClient.newBuilder().sslContext(client(version)).build();
                    var request = HttpRequest.newBuilder(server.uri()).build();
                    var refusal = assertThrows(
                            SSLHandshakeException.class, () -> client.send(request, BodyHandlers.discarding()));
                    assertFalse(refusal.getMessage().isEmpty());
                }
            }
        }
    }

    @Nested
    class OfSunJsse extends Suite {
        OfSunJsse() {
            super(Stack.SUN_JSSE);
        }
    }

    @Nested
    class OfAlmostTls extends Suite {
        OfAlmostTls() {
            super(Stack.ALMOST_TLS);
        }
    }
}
