package org.almosttls.interop;

import static org.almosttls.testkit.SocketPair.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.almosttls.testkit.Noise;
import org.almosttls.testkit.Pairing;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What two stacks must do with each other over sockets. */
@Timeout(60)
abstract class SocketBehaviour {

    private static final List<String> SUITES_OF_13 =
            List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256");

    private static final int MEGABYTE = 1 << 20;

    private final Pairing pairing;
    private final String version;

    SocketBehaviour(Pairing pairing, String version) {
        this.pairing = pairing;
        this.version = version;
    }

    private SocketPair pair() throws IOException {
        return pair(TestCertificates.rsaServer());
    }

    private SocketPair pair(TestIdentity server) throws IOException {
        return new SocketPair(pairing.client(version), pairing.server(version, server));
    }

    private static void with(SSLSocket socket, Consumer<SSLParameters> change) {
        var parameters = socket.getSSLParameters();
        change.accept(parameters);
        socket.setSSLParameters(parameters);
    }

    @Test
    void bothSidesAgreeOnTheSession() throws Exception {
        try (var pair = pair().handshake()) {
            var client = pair.client().getSession();
            var server = pair.server().getSession();
            assertEquals(version, client.getProtocol());
            assertEquals(client.getProtocol(), server.getProtocol());
            assertEquals(client.getCipherSuite(), server.getCipherSuite());
            assertEquals(TestCertificates.rsaServer().certificate(), client.getPeerCertificates()[0]);
            assertArrayEquals(client.getPeerCertificates(), server.getLocalCertificates());
            assertThrows(SSLPeerUnverifiedException.class, server::getPeerCertificates);
        }
    }

    static List<TestIdentity> servers() {
        return List.of(
                TestCertificates.rsaServer(),
                TestCertificates.ecServer(),
                TestCertificates.ecP384Server(),
                TestCertificates.ed25519Server());
    }

    @ParameterizedTest
    @MethodSource("servers")
    void everySuiteCarriesData(TestIdentity server) throws Exception {
        for (String suite : suitesFor(server)) {
            try (var pair = pair(server)) {
                pair.client().setEnabledCipherSuites(new String[] {suite});
                pair.server().setEnabledCipherSuites(new String[] {suite});
                pair.handshake();
                assertEquals(suite, pair.client().getSession().getCipherSuite());
                assertArrayEquals(Noise.of(40_000), across(pair, pair.client(), pair.server(), Noise.of(40_000)));
                assertArrayEquals(Noise.of(40_000), across(pair, pair.server(), pair.client(), Noise.of(40_000)));
            }
        }
    }

    /** The suites that both stacks enable by default and this server's key serves. */
    private List<String> suitesFor(TestIdentity server) {
        var ofServer = List.of(
                pairing.server(version, server).getDefaultSSLParameters().getCipherSuites());
        if (version.equals("TLSv1.3")) return SUITES_OF_13;
        String key = server.key().getAlgorithm().equals("RSA") ? "RSA" : "ECDSA";
        return Arrays.stream(pairing.client(version).getDefaultSSLParameters().getCipherSuites())
                .filter(ofServer::contains)
                .filter(suite -> suite.contains("_" + key + "_WITH_"))
                .filter(suite -> suite.contains("GCM") || suite.startsWith("TLS_RSA_WITH_AES_128_CBC"))
                .filter(suite -> suite.startsWith("TLS_ECDHE") || suite.startsWith("TLS_RSA_WITH_AES_128_CBC"))
                .toList();
    }

    @Test
    void megabytesGoBothWaysAtOnce() throws Exception {
        byte[] up = Noise.of(3 * MEGABYTE);
        byte[] down = Noise.of(2 * MEGABYTE + 7);
        try (var pair = pair().handshake()) {
            var clientSends = send(pair, pair.client(), up);
            var serverSends = send(pair, pair.server(), down);
            var received = pair.async(() -> pair.server().getInputStream().readNBytes(up.length));
            assertArrayEquals(down, pair.client().getInputStream().readNBytes(down.length));
            assertArrayEquals(up, await(received));
            await(clientSends);
            await(serverSends);
        }
    }

    @Test
    void octetsCanBeReadOneByOne() throws Exception {
        byte[] data = Noise.of(20_000);
        try (var pair = pair().handshake()) {
            var sending = send(pair, pair.client(), data);
            var in = pair.server().getInputStream();
            for (byte octet : data) assertEquals(octet & 0xFF, in.read());
            await(sending);
        }
    }

    @Test
    void theFirstReadDoesTheHandshake() throws Exception {
        try (var pair = pair()) {
            var read = pair.async(() -> pair.server().getInputStream().read());
            pair.client().getOutputStream().write(42);
            assertEquals(42, await(read));
        }
    }

    @Test
    void theServersPreferenceOfApplicationProtocolsWins() throws Exception {
        try (var pair = pair()) {
            with(pair.client(), it -> it.setApplicationProtocols(new String[] {"http/1.1", "h2"}));
            with(pair.server(), it -> it.setApplicationProtocols(new String[] {"h2", "http/1.1"}));
            pair.handshake();
            assertEquals("h2", pair.client().getApplicationProtocol());
            assertEquals("h2", pair.server().getApplicationProtocol());
        }
    }

    @Test
    void noCommonApplicationProtocolEndsTheHandshake() throws Exception {
        try (var pair = pair()) {
            with(pair.client(), it -> it.setApplicationProtocols(new String[] {"h2"}));
            with(pair.server(), it -> it.setApplicationProtocols(new String[] {"imap"}));
            var failures = pair.failures();
            assertSays("no_application_protocol", failures.client().orElseThrow());
            assertInstanceOf(SSLHandshakeException.class, failures.server().orElseThrow());
        }
    }

    @Test
    void theApplicationMayChooseTheProtocolItself() throws Exception {
        try (var pair = pair()) {
            with(pair.client(), it -> it.setApplicationProtocols(new String[] {"a", "b"}));
            pair.server().setHandshakeApplicationProtocolSelector((socket, offered) -> offered.get(1));
            pair.handshake();
            assertEquals("b", pair.client().getApplicationProtocol());
        }
    }

    @Test
    void theServerSeesTheNameThatWasAskedFor() throws Exception {
        try (var pair = pair()) {
            with(pair.client(), it -> it.setServerNames(List.of(new SNIHostName("some.example"))));
            pair.handshake();
            var session = (ExtendedSSLSession) pair.server().getSession();
            assertEquals(List.of(new SNIHostName("some.example")), session.getRequestedServerNames());
        }
    }

    @Test
    void aNameThatIsNotServedEndsTheHandshake() throws Exception {
        try (var pair = pair()) {
            with(pair.client(), it -> it.setServerNames(List.of(new SNIHostName("other.example"))));
            with(pair.server(), it -> it.setSNIMatchers(List.of(SNIHostName.createSNIMatcher("some[.]example"))));
            assertSays("unrecognized_name", pair.failures().client().orElseThrow());
        }
    }

    @Test
    void aClientThatMustProvesWhoItIs() throws Exception {
        var client = TestCertificates.ecClient();
        try (var pair = new SocketPair(
                pairing.client(version, client), pairing.server(version, TestCertificates.rsaServer()))) {
            pair.server().setNeedClientAuth(true);
            pair.handshake();
            assertEquals(client.certificate(), pair.server().getSession().getPeerCertificates()[0]);
            assertEquals(client.certificate(), pair.client().getSession().getLocalCertificates()[0]);
        }
    }

    @Test
    void aClientThatMayNeedNotProveWhoItIs() throws Exception {
        try (var pair = pair()) {
            pair.server().setWantClientAuth(true);
            pair.handshake();
            assertThrows(SSLPeerUnverifiedException.class, pair.server().getSession()::getPeerCertificates);
            assertArrayEquals(Noise.of(10), across(pair, pair.client(), pair.server(), Noise.of(10)));
        }
    }

    @Test
    void aClientWithoutTheKeyItNeedsIsRefused() throws Exception {
        try (var pair = pair()) {
            pair.server().setNeedClientAuth(true);
            assertInstanceOf(
                    SSLHandshakeException.class, pair.failures().server().orElseThrow());
        }
    }

    @Test
    void aClientOfAnUnknownCaIsRefused() throws Exception {
        var client = TestCertificates.unknownCaClient();
        try (var pair = new SocketPair(
                pairing.client(version, client), pairing.server(version, TestCertificates.rsaServer()))) {
            pair.server().setNeedClientAuth(true);
            assertInstanceOf(
                    SSLHandshakeException.class, pair.failures().server().orElseThrow());
        }
    }

    @Test
    void aServerOfAnUnknownCaIsRefused() throws Exception {
        try (var pair = pair(TestCertificates.unknownCaServer())) {
            var failures = pair.failures();
            var refusal = assertInstanceOf(
                    SSLHandshakeException.class, failures.client().orElseThrow());
            assertInstanceOf(CertificateException.class, refusal.getCause());
            assertTrue(refusal.getMessage().contains("PKIX path building failed"), refusal::getMessage);
            // The platform's client may reset the transport before its alert is read.
            var told = pairing.clientIsOurs() ? SSLHandshakeException.class : IOException.class;
            assertInstanceOf(told, failures.server().orElseThrow());
        }
    }

    @Test
    void anExpiredServerIsRefused() throws Exception {
        try (var pair = pair(TestCertificates.expiredServer())) {
            var refusal = assertInstanceOf(
                    SSLHandshakeException.class, pair.failures().client().orElseThrow());
            assertInstanceOf(CertificateException.class, refusal.getCause());
        }
    }

    @Test
    void aServerOfAnotherNameIsRefusedWhereNamesAreChecked() throws Exception {
        try (var pair = pair(TestCertificates.wrongHostServer())) {
            with(pair.client(), it -> it.setEndpointIdentificationAlgorithm("HTTPS"));
            var refusal = assertInstanceOf(
                    SSLHandshakeException.class, pair.failures().client().orElseThrow());
            assertTrue(refusal.getMessage().contains("localhost"), refusal::getMessage);
        }
    }

    @Test
    void theServersOrderOfSuitesWinsUnlessToldOtherwise() throws Exception {
        String first = suite("AES_128_GCM_SHA256");
        String second = suite("AES_256_GCM_SHA384");
        assertEquals(second, agreed(first, second, pair -> {}));
        assertEquals(
                first, agreed(first, second, pair -> with(pair.server(), it -> it.setUseCipherSuitesOrder(false))));
    }

    /** For an RSA key. */
    private String suite(String cipher) {
        return (version.equals("TLSv1.3") ? "TLS_" : "TLS_ECDHE_RSA_WITH_") + cipher;
    }

    /** The suite that a client and a server of opposite preferences agree on. */
    private String agreed(String first, String second, Consumer<SocketPair> change) throws Exception {
        try (var pair = pair()) {
            pair.client().setEnabledCipherSuites(new String[] {first, second});
            pair.server().setEnabledCipherSuites(new String[] {second, first});
            change.accept(pair);
            return pair.handshake().client().getSession().getCipherSuite();
        }
    }

    @Test
    void noCommonSuiteEndsTheHandshake() throws Exception {
        try (var pair = pair()) {
            pair.client().setEnabledCipherSuites(new String[] {suite("AES_128_GCM_SHA256")});
            pair.server().setEnabledCipherSuites(new String[] {suite("AES_256_GCM_SHA384")});
            var failures = pair.failures();
            assertSays("handshake_failure", failures.client().orElseThrow());
            assertInstanceOf(SSLHandshakeException.class, failures.server().orElseThrow());
        }
    }

    @Test
    void aReadThatTimesOutLosesNothing() throws Exception {
        try (var pair = pair().handshake()) {
            pair.server().setSoTimeout(20);
            assertThrows(
                    SocketTimeoutException.class,
                    () -> pair.server().getInputStream().read());
            pair.server().setSoTimeout(0);
            assertArrayEquals(Noise.of(100), across(pair, pair.client(), pair.server(), Noise.of(100)));
        }
    }

    @Test
    void closingEndsThePeersInput() throws Exception {
        try (var pair = pair().handshake()) {
            var ending = pair.async(() -> pair.server().getInputStream().read());
            pair.client().close();
            assertEquals(-1, await(ending));
        }
    }

    @Test
    void whatWasSentBeforeClosingArrives() throws Exception {
        try (var pair = pair().handshake()) {
            var received = pair.async(() -> pair.server().getInputStream().readAllBytes());
            pair.client().getOutputStream().write(Noise.of(200_000));
            pair.client().close();
            assertArrayEquals(Noise.of(200_000), await(received));
        }
    }

    private static void assertSays(String alert, IOException failure) {
        assertInstanceOf(SSLException.class, failure);
        assertTrue(failure.getMessage().contains(alert), failure::toString);
    }

    private static Future<Boolean> send(SocketPair pair, SSLSocket from, byte[] data) {
        return pair.async(() -> {
            from.getOutputStream().write(data);
            return true;
        });
    }

    private static byte[] across(SocketPair pair, SSLSocket from, SSLSocket to, byte[] data) throws Exception {
        var sending = send(pair, from, data);
        byte[] received = to.getInputStream().readNBytes(data.length);
        await(sending);
        return received;
    }
}
