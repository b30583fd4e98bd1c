package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.almosttls.alert.AlertDescription;
import org.almosttls.config.PeerIdentity;
import org.almosttls.config.PeerVerifier;
import org.almosttls.config.StapleSource;
import org.almosttls.config.Stapling;
import org.almosttls.engine.PeerAlertException;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.End;
import org.almosttls.testkit.EngineEnd;
import org.almosttls.testkit.RandomSplitter;
import org.almosttls.testkit.TestAuthority;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestIdentity;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6066 §8: what a server staples reaches the platform's trust manager, which judges by it. */
class StapledStatusTest {

    private static final String ASK = "jdk.tls.client.enableStatusRequestExtension";
    private static final TestAuthority CA = new TestAuthority("Stapling CA");
    private static final TestAuthority NAMESAKE = new TestAuthority("Stapling CA");
    private static final TestIdentity SERVER =
            CA.issue("stapling").names(TestCertificates.HOST).rsa(2048).identity();

    @AfterEach
    void forget() {
        System.clearProperty(ASK);
    }

    private static byte[] said(CertificateStatus status) {
        return CA.statusOf(SERVER.certificate(), status, Instant.now());
    }

    private static Instant at(int days) {
        return Instant.now().plus(Duration.ofDays(days));
    }

    private static RevokedStatus revoked() {
        return new RevokedStatus(Date.from(at(-1)), CRLReason.keyCompromise);
    }

    /** Insists on the server's status, and asks nobody else for it: there is no responder in the certificate. */
    private static SSLContext insisting() throws GeneralSecurityException {
        var parameters =
                new PKIXBuilderParameters(TestCertificates.trustStore(CA.certificate()), new X509CertSelector());
        var checker =
                (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
        checker.setOptions(EnumSet.of(PKIXRevocationChecker.Option.NO_FALLBACK));
        parameters.addCertPathChecker(checker);
        parameters.setRevocationEnabled(true);
        var factory = TrustManagerFactory.getInstance("PKIX", Contexts.PLATFORM);
        factory.init(new CertPathTrustManagerParameters(parameters));
        return ours(factory.getTrustManagers());
    }

    private static SSLContext ours(TrustManager[] trust) {
        return Contexts.of(Contexts.OURS, new KeyManager[0], trust);
    }

    /** An engine of ours, and a server that staples this. */
    private static final class Meeting {

        private final EngineEnd client;
        private final End server;

        Meeting(SSLContext context, byte[] response) {
            var engine = context.createSSLEngine(TestCertificates.HOST, 443);
            engine.setUseClientMode(true);
            client = new EngineEnd(engine);
            server = new End(TestConfig.server(SERVER)
                    .with("stapling", new Stapling(false, chain -> Optional.of(response)))
                    .build());
        }

        Meeting handshake() throws Exception {
            byte[] sent = client.wrapAll(new byte[0]);
            while (sent.length > 0) {
                server.deliver(sent);
                server.receive();
                client.deliver(server.flush());
                client.unwrapAll();
                sent = client.wrapAll(new byte[0]);
            }
            return this;
        }

        /** The alert that the client ends it with. */
        AlertDescription refusal() throws Exception {
            assertThrows(SSLHandshakeException.class, this::handshake);
            server.deliver(client.wrapAll(new byte[0]));
            return assertThrows(PeerAlertException.class, server::receive).description();
        }

        List<byte[]> told() {
            return ((ExtendedSSLSession) client.engine().getSession()).getStatusResponses();
        }
    }

    @Test
    void aGoodCertificateIsTaken() throws Exception {
        byte[] good = said(CertificateStatus.GOOD);
        var told = new Meeting(insisting(), good).handshake().told();
        assertEquals(1, told.size());
        assertArrayEquals(good, told.get(0));
    }

    @Test
    void aRevokedCertificateIsRefused() throws Exception {
        assertEquals(AlertDescription.CERTIFICATE_REVOKED, new Meeting(insisting(), said(revoked())).refusal());
    }

    static Stream<Arguments> uselessResponses() {
        return Stream.of(
                Arguments.of("unknown", said(new UnknownStatus())),
                Arguments.of("stale", CA.statusOf(SERVER.certificate(), CertificateStatus.GOOD, at(-7))),
                Arguments.of("forged", NAMESAKE.statusOf(SERVER.certificate(), CertificateStatus.GOOD, Instant.now())),
                Arguments.of("try later", new byte[] {0x30, 3, 0x0A, 1, 3}),
                Arguments.of("of another", CA.statusOf(CA.certificate(), CertificateStatus.GOOD, Instant.now())),
                Arguments.of("no response at all", new byte[] {1, 2, 3}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uselessResponses")
    void whatDoesNotShowTheCertificateToBeGoodIsRefused(String name, byte[] response) throws Exception {
        assertEquals(AlertDescription.BAD_CERTIFICATE_STATUS_RESPONSE, new Meeting(insisting(), response).refusal());
    }

    /** In whatever pieces it comes; the same for the handshake's session as for the finished one. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3})
    void itArrivesInWhateverPieces(long cut) throws Exception {
        byte[] good = said(CertificateStatus.GOOD);
        var splitter = cut == 0 ? RandomSplitter.oneByteAtATime() : RandomSplitter.seeded(cut);
        var pair = new ConnectionPair(
                TestConfig.client()
                        .with("stapling", new Stapling(true, StapleSource.none()))
                        .with("peerVerifier", trustingAll())
                        .build(),
                TestConfig.server(SERVER)
                        .with("stapling", new Stapling(false, chain -> Optional.of(good)))
                        .build());
        splitter.handshake(pair);
        var session = pair.client().connection().session().orElseThrow();
        assertArrayEquals(good, session.statusResponses().get(0));
    }

    private static PeerVerifier trustingAll() {
        return new PeerVerifier() {
            @Override
            protected void check(PeerIdentity identity) {
                assertEquals(1, identity.facts().statusResponses().size());
            }

            @Override
            public List<X509Certificate> acceptedIssuers() {
                return List.of();
            }
        };
    }

    /** Also where nothing stapled is to be had. */
    @Test
    void whoInsistsAndDoesNotAskIsLeftWithNothing() throws Exception {
        System.setProperty(ASK, "false");
        assertEquals(
                AlertDescription.CERTIFICATE_UNKNOWN, new Meeting(insisting(), said(CertificateStatus.GOOD)).refusal());
    }

    /** As on the platform, a trust manager that does not ask after revocation does not look at it. */
    @Test
    void theTrustManagerDecidesWhetherItMatters() throws Exception {
        byte[] revoked = said(revoked());
        var told = new Meeting(ours(Contexts.trust(TestCertificates.trustStore(CA.certificate()))), revoked)
                .handshake()
                .told();
        assertArrayEquals(revoked, told.get(0));
    }

    @Test
    void itIsAskedForUnlessThePropertySaysOtherwise() throws Exception {
        System.setProperty(ASK, "false");
        var context = ours(Contexts.trust(TestCertificates.trustStore(CA.certificate())));
        assertEquals(
                List.of(),
                new Meeting(context, said(CertificateStatus.GOOD)).handshake().told());
    }

    @Test
    void whatIsToldIsACopy() throws Exception {
        byte[] good = said(CertificateStatus.GOOD);
        var meeting = new Meeting(insisting(), good).handshake();
        meeting.told().get(0)[0] ^= 1;
        assertArrayEquals(good, meeting.told().get(0));
    }
}
