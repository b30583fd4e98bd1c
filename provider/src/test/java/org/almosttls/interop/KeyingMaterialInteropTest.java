package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLSocket;
import org.almosttls.api.KeyingMaterial;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.Pairing;
import org.almosttls.testkit.Peers;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5705, RFC 8446 §7.5: other stacks export the same keys as ours. */
@Timeout(60)
class KeyingMaterialInteropTest {

    private static final String LABEL = "EXPORTER-interop";
    private static final int LENGTH = 100;
    private static final String[] OPENSSL = {"-keymatexport", LABEL, "-keymatexportlen", Integer.toString(LENGTH)};
    private static final String[] GNUTLS = {"--keymatexport", LABEL, "--keymatexportsize", Integer.toString(LENGTH)};

    private static ServerSocket listening() throws Exception {
        var context = Contexts.named("TLS", Contexts.OURS, TestCertificates.rsaServer());
        var listening = context.getServerSocketFactory().createServerSocket(0, 1, Ours.LOOPBACK);
        listening.setSoTimeout(Ours.PATIENCE_MILLIS);
        return listening;
    }

    private static SSLSocket accepted(ServerSocket listening) throws Exception {
        var socket = (SSLSocket) listening.accept();
        socket.setSoTimeout(Ours.PATIENCE_MILLIS);
        socket.startHandshake();
        return socket;
    }

    private static String exported(Object ours) throws SSLKeyException {
        return HexFormat.of().formatHex(((KeyingMaterial) ours).exportKeyingMaterialData(LABEL, null, LENGTH));
    }

    /** With SHA-256 and SHA-384 as the hash. */
    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLSv1.3, TLS_AES_128_GCM_SHA256",
        "TLSv1.3, TLS_AES_256_GCM_SHA384"
    })
    void opensslAsClient(String version, String suite) throws Exception {
        try (var listening = listening();
                var theirs = new Openssl()
                        .call(Terms.client().only(version).suites(suite), listening.getLocalPort(), List.of(OPENSSL));
                var ours = accepted(listening)) {
            assertEquals(suite, ours.getSession().getCipherSuite());
            var hex = theirs.process.output().await("Keying material: ([0-9A-F]+)");
            assertEquals(hex.toLowerCase(Locale.ROOT), exported(ours));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void opensslAsServer(String version) throws Exception {
        Peers.OPENSSL.require();
        var terms = Terms.server(TestCertificates.ecServer()).only(version);
        try (var theirs = new Openssl().listen(terms, List.of(OPENSSL));
                var ours = called(theirs.port())) {
            assertEquals(version, ours.getSession().getProtocol());
            var hex = theirs.process.output().await("Keying material: ([0-9A-F]+)");
            assertEquals(hex.toLowerCase(Locale.ROOT), exported(ours));
        }
    }

    private static SSLSocket called(int port) throws Exception {
        var socket = (SSLSocket)
                Contexts.named("TLS", Contexts.OURS).getSocketFactory().createSocket();
        var address = InetAddress.getByAddress(TestCertificates.HOST, Ours.LOOPBACK.getAddress());
        socket.connect(new InetSocketAddress(address, port));
        socket.setSoTimeout(Ours.PATIENCE_MILLIS);
        socket.startHandshake();
        return socket;
    }

    /** RFC 7627 §5.4: what somebody between the two ends may know as well is not exported. */
    @Test
    void opensslWithoutExtendedMasterSecret() throws Exception {
        try (var listening = listening();
                var theirs = new Openssl()
                        .call(
                                Terms.client().withoutExtendedMasterSecret(),
                                listening.getLocalPort(),
                                List.of(OPENSSL));
                var ours = accepted(listening)) {
            theirs.process.output().await("Keying material: ([0-9A-F]+)");
            assertThrows(SSLKeyException.class, () -> exported(ours));
            assertThrows(SSLKeyException.class, () -> exported(ours.getSession()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void gnutlsAsClient(String version) throws Exception {
        Peers.GNUTLS_CLI.require();
        try (var listening = listening();
                var theirs =
                        new Gnutls().call(Terms.client().only(version), listening.getLocalPort(), List.of(GNUTLS));
                var ours = accepted(listening)) {
            assertEquals(theirs.process.output().await("Key material: ([0-9a-f]+)"), exported(ours));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void gnutlsAsServer(String version) throws Exception {
        Peers.GNUTLS_SERV.require();
        var terms = Terms.server(TestCertificates.ecServer()).only(version);
        try (var theirs = new Gnutls().listen(terms, List.of(GNUTLS));
                var ours = called(theirs.port())) {
            assertEquals(version, ours.getSession().getProtocol());
            assertEquals(theirs.process.output().await("Key material: ([0-9a-f]+)"), exported(ours));
        }
    }

    static Stream<Arguments> pairingsAndVersions() {
        return Arrays.stream(Pairing.values())
                .flatMap(pairing -> Stream.of("TLSv1.2", "TLSv1.3").map(version -> Arguments.of(pairing, version)));
    }

    /** Since Java 25. From TLS 1.3 on no context is the same as an empty one (RFC 8446 §7.5). */
    @ParameterizedTest
    @MethodSource("pairingsAndVersions")
    void javaAtEitherEnd(Pairing pairing, String version) throws Exception {
        var export = platforms();
        assumeTrue(export.isPresent());
        var client = pairing.client(version, TestCertificates.ecClient());
        var server = pairing.server(version, TestCertificates.rsaServer());
        var full = new EnginePair(client, server).handshake();
        assertSameKeys(export.get(), full);
        var first = export(export.get(), full.client().engine(), null);
        assertEquals(
                version.equals("TLSv1.3"),
                Arrays.equals(first, export(export.get(), full.client().engine(), new byte[0])));
    }

    private static void assertSameKeys(Method export, EnginePair pair) throws Exception {
        for (byte[] context : new byte[][] {null, {}, {1, 2, 3}})
            assertArrayEquals(
                    export(export, pair.client().engine(), context),
                    export(export, pair.server().engine(), context));
    }

    private static byte[] export(Method export, SSLEngine engine, byte[] context) throws Exception {
        return (byte[]) export.invoke(engine.getSession(), LABEL, context, LENGTH);
    }

    private static Optional<Method> platforms() {
        try {
            return Optional.of(ExtendedSSLSession.class.getMethod(
                    "exportKeyingMaterialData", String.class, byte[].class, int.class));
        } catch (NoSuchMethodException older) {
            return Optional.empty();
        }
    }
}
