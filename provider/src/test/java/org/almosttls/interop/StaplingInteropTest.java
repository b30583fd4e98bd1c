package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.Peers;
import org.almosttls.testkit.TestAuthority;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6066 §8, RFC 8446 §4.4.2.1: what OpenSSL staples decides where the platform's trust manager checks revocation. */
@Timeout(60)
class StaplingInteropTest {

    private static final TestAuthority CA = new TestAuthority("Stapling CA");
    private static final TestAuthority NAMESAKE = new TestAuthority("Stapling CA");
    private static final TestIdentity SERVER =
            CA.issue("stapling").names(TestCertificates.HOST).ec("secp256r1").identity();

    @TempDir
    private Path folder;

    @BeforeAll
    static void isThere() {
        Peers.OPENSSL.require();
    }

    private static byte[] status(CertificateStatus status) {
        return CA.statusOf(SERVER.certificate(), status, Instant.now().minus(Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aGoodResponseProvesThatNothingIsRevoked(String version) throws Exception {
        byte[] good = status(CertificateStatus.GOOD);
        try (var server = stapling(version, good);
                var socket = client(true, server.port())) {
            socket.startHandshake();
            var responses = ((ExtendedSSLSession) socket.getSession()).getStatusResponses();
            assertEquals(1, responses.size());
            assertArrayEquals(good, responses.get(0));
        }
    }

    /** As on the platform: who does not check revocation does not look at what is stapled. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void withoutRevocationCheckingTheResponseIsOnlyShown(String version) throws Exception {
        try (var server = stapling(version, status(revoked()));
                var socket = client(false, server.port())) {
            socket.startHandshake();
            assertEquals(
                    1,
                    ((ExtendedSSLSession) socket.getSession())
                            .getStatusResponses()
                            .size());
        }
    }

    private static RevokedStatus revoked() {
        return new RevokedStatus(Date.from(Instant.now().minus(Duration.ofDays(1))), CRLReason.keyCompromise);
    }

    static Stream<Arguments> unsatisfactory() {
        return Stream.of("TLSv1.2", "TLSv1.3").flatMap(StaplingInteropTest::unsatisfactory);
    }

    private static Stream<Arguments> unsatisfactory(String version) {
        var now = Instant.now();
        var minutesAgo = now.minus(Duration.ofMinutes(5));
        var own = SERVER.certificate();
        return Stream.of(
                Arguments.of(version, "revoked", "certificate_revoked", status(revoked())),
                Arguments.of(version, "unknown", "bad_certificate_status_response", status(new UnknownStatus())),
                Arguments.of(
                        version,
                        "expired",
                        "bad_certificate_status_response",
                        CA.statusOf(own, CertificateStatus.GOOD, now.minus(Duration.ofDays(3)))),
                Arguments.of(
                        version,
                        "forged",
                        "bad_certificate_status_response",
                        NAMESAKE.statusOf(own, CertificateStatus.GOOD, minutesAgo)),
                Arguments.of(
                        version,
                        "for another",
                        "bad_certificate_status_response",
                        CA.statusOf(CA.certificate(), CertificateStatus.GOOD, minutesAgo)),
                Arguments.of(
                        version, "try later", "bad_certificate_status_response", new byte[] {0x30, 3, 0x0A, 1, 3}));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("unsatisfactory")
    void whatDoesNotProveItIsRefused(String version, String kind, String alert, byte[] response) throws Exception {
        try (var server = stapling(version, response);
                var socket = client(true, server.port())) {
            assertThrows(SSLHandshakeException.class, socket::startHandshake);
            assertEquals(alert, server.alert());
        }
    }

    /** There is no other source of the certificate's status here. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void withoutAResponseTheTrustManagerIsLeftInTheDark(String version) throws Exception {
        try (var server = new Openssl().listen(Terms.server(SERVER).only(version), List.of());
                var socket = client(true, server.port())) {
            assertThrows(SSLHandshakeException.class, socket::startHandshake);
        }
    }

    private CommandLinePeer stapling(String version, byte[] response) throws IOException {
        var file = Files.write(folder.resolve("response.der"), response);
        return new Openssl().listen(Terms.server(SERVER).only(version), List.of("-status_file", file.toString()));
    }

    private static SSLSocket client(boolean revocation, int port) throws IOException, GeneralSecurityException {
        var parameters =
                new PKIXBuilderParameters(TestCertificates.trustStore(CA.certificate()), new X509CertSelector());
        parameters.setRevocationEnabled(revocation);
        var factory = TrustManagerFactory.getInstance("PKIX", Contexts.PLATFORM);
        factory.init(new CertPathTrustManagerParameters(parameters));
        SSLContext context = Contexts.of("TLS", Contexts.OURS, new KeyManager[0], factory.getTrustManagers());
        return (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    }
}
