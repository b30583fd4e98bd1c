package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.Provider;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.ocsp.TestResponder;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.TestAuthority;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6066 §8, RFC 8446 §4.4.2.1: our servers staple for whoever asks, once the platform's properties say so. */
@Timeout(60)
class StaplingServersTest {

    private static final String SWITCH = "jdk.tls.server.enableStatusRequestExtension";
    private static final String ADDRESS = "jdk.tls.stapling.responderURI";

    private static final TestAuthority CA = new TestAuthority("Servers' CA");
    private static final TestIdentity SERVER =
            CA.issue("server").names(TestCertificates.HOST).ec("secp256r1").identity();
    private static final byte[] GOOD = CA.statusOf(
            SERVER.certificate(), CertificateStatus.GOOD, Instant.now().minusSeconds(60));

    @AfterEach
    void forgetProperties() {
        System.clearProperty(SWITCH);
        System.clearProperty(ADDRESS);
    }

    static Stream<Arguments> clients() {
        return Stream.of(Contexts.OURS, Contexts.PLATFORM)
                .flatMap(client -> Stream.of("TLSv1.2", "TLSv1.3").map(version -> Arguments.of(client, version)));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void whoAsksGetsTheResponse(Provider ofClient, String version) throws Exception {
        try (var responder = TestResponder.saying(GOOD)) {
            System.setProperty(SWITCH, "true");
            System.setProperty(ADDRESS, responder.address().toString());
            var responses = responsesSeenBy(ofClient, new AlmostTlsProvider(), version);
            assertEquals(1, responses.size());
            assertArrayEquals(GOOD, responses.get(0));
        }
    }

    /** A server of the platform is told to staple by the same properties. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void ourClientGetsWhatAServerOfThePlatformStaples(String version) throws Exception {
        try (var responder = TestResponder.saying(GOOD)) {
            System.setProperty(SWITCH, "true");
            System.setProperty(ADDRESS, responder.address().toString());
            var responses = responsesSeenBy(Contexts.OURS, Contexts.PLATFORM, version);
            assertEquals(1, responses.size());
            assertArrayEquals(GOOD, responses.get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void nothingIsStapledUnlessItIsWanted(String version) throws Exception {
        try (var responder = TestResponder.saying(GOOD)) {
            System.setProperty(ADDRESS, responder.address().toString());
            assertEquals(List.of(), responsesSeenBy(Contexts.OURS, new AlmostTlsProvider(), version));
        }
    }

    /** The settings are those of a provider's first connection. */
    private static List<byte[]> responsesSeenBy(Provider ofClient, Provider ofServer, String version) throws Exception {
        var trust = Contexts.trust(TestCertificates.trustStore(CA.certificate()));
        var pair = new EnginePair(
                Contexts.of(version, ofClient, new KeyManager[0], trust), Contexts.named(version, ofServer, SERVER));
        pair.handshake();
        assertEquals(version, pair.client().engine().getSession().getProtocol());
        var session = (ExtendedSSLSession) pair.client().engine().getSession();
        return session.getStatusResponses();
    }
}
