package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.almosttls.testkit.Noise;
import org.almosttls.testkit.Pairing;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The JDK's HTTPS server and both of its clients, which use every face there is, with contexts of ours. */
@Timeout(60)
class HttpClientsTest {

    /** Echoes what is posted. */
    private record Server(HttpsServer server) implements AutoCloseable {

        static Server start(SSLContext context) throws IOException {
            var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            server.createContext("/", exchange -> {
                byte[] body = exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, body.length);
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

        @Override
        public void close() {
            server.stop(0);
        }
    }

    static Stream<Arguments> pairingsAndVersions() {
        return Arrays.stream(Pairing.values())
                .flatMap(pairing -> Stream.of("TLSv1.2", "TLSv1.3").map(version -> Arguments.of(pairing, version)));
    }

    @ParameterizedTest
    @MethodSource("pairingsAndVersions")
    void theUrlConnectionPostsAndReads(Pairing pairing, String version) throws Exception {
        try (var server = Server.start(pairing.server(version, TestCertificates.rsaServer()))) {
            for (int i = 0; i < 3; i++) {
                var connection = open(pairing.client(version), server.uri().toURL());
                connection.setDoOutput(true);
                connection.getOutputStream().write(Noise.of(300_000));
                assertArrayEquals(Noise.of(300_000), connection.getInputStream().readAllBytes());
                assertEquals(
                        TestCertificates.rsaServer().certificate(), connection.getServerCertificates()[0]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pairingsAndVersions")
    void theUrlConnectionChecksNames(Pairing pairing, String version) throws Exception {
        var refusal = assertInstanceOf(
                CertificateException.class,
                refusalOfUrlConnection(pairing, version, TestCertificates.wrongHostServer())
                        .getCause());
        assertEquals("No name matching localhost found", messageWithoutAlternatives(refusal));
    }

    @ParameterizedTest
    @MethodSource("pairingsAndVersions")
    void theUrlConnectionChecksTheCa(Pairing pairing, String version) throws Exception {
        assertInstanceOf(
                CertificateException.class,
                refusalOfUrlConnection(pairing, version, TestCertificates.unknownCaServer())
                        .getCause());
    }

    private static SSLHandshakeException refusalOfUrlConnection(Pairing pairing, String version, TestIdentity identity)
            throws Exception {
        try (var server = Server.start(pairing.server(version, identity))) {
            var connection = open(pairing.client(version), server.uri().toURL());
            return assertThrows(SSLHandshakeException.class, connection::getInputStream);
        }
    }

    /** The platform words it in two ways, by whether there are names at all. */
    private static String messageWithoutAlternatives(CertificateException refusal) {
        return refusal.getMessage()
                .replace(
                        "No subject alternative DNS name matching localhost found.",
                        "No name matching localhost found");
    }

    @ParameterizedTest
    @MethodSource("pairingsAndVersions")
    void theHttpClientPostsAndReads(Pairing pairing, String version) throws Exception {
        try (var server = Server.start(pairing.server(version, TestCertificates.ecServer()))) {
            var client =
                    HttpClient.newBuilder().sslContext(pairing.client(version)).build();
            for (int i = 0; i < 3; i++) {
                var request = HttpRequest.newBuilder(server.uri())
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Noise.of(300_000)))
                        .build();
                var response = client.send(request, BodyHandlers.ofByteArray());
                assertArrayEquals(Noise.of(300_000), response.body());
                assertEquals(version, response.sslSession().orElseThrow().getProtocol());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pairingsAndVersions")
    void theHttpClientChecksNames(Pairing pairing, String version) throws Exception {
        try (var server = Server.start(pairing.server(version, TestCertificates.wrongHostServer()))) {
            var client =
                    HttpClient.newBuilder().sslContext(pairing.client(version)).build();
            var request = HttpRequest.newBuilder(server.uri()).build();
            assertThrows(SSLHandshakeException.class, () -> client.send(request, BodyHandlers.ofByteArray()));
        }
    }

    private static HttpsURLConnection open(SSLContext context, URL url) throws IOException {
        var connection = (HttpsURLConnection) url.openConnection();
        connection.setSSLSocketFactory(context.getSocketFactory());
        return connection;
    }
}
