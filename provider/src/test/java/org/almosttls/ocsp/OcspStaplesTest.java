package org.almosttls.ocsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.almosttls.testkit.MovableClock;
import org.almosttls.testkit.TestAuthority;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 6960, RFC 6066 §8: what a server has to staple, and how often it asks for it. */
@Timeout(60)
class OcspStaplesTest {

    private static final TestAuthority CA = new TestAuthority("Responding CA");
    private static final TestIdentity SERVER =
            CA.issue("responded").names(TestCertificates.HOST).ec("secp256r1").identity();
    private static final Instant NOW = new MovableClock().now();
    private static final Duration LONG = Duration.ofSeconds(30);

    private final MovableClock clock = new MovableClock();
    private final TestResponder responder = TestResponder.saying(good());

    @AfterEach
    void closeResponder() {
        responder.close();
    }

    private static byte[] good() {
        return said(CertificateStatus.GOOD, NOW.minusSeconds(60));
    }

    private static byte[] said(CertificateStatus status, Instant at) {
        return CA.statusOf(SERVER.certificate(), status, at);
    }

    private static StaplingSettings settings(TestResponder responder, Duration timeout, int size, Duration lifetime) {
        return new StaplingSettings(Optional.of(responder.address()), false, timeout, size, lifetime);
    }

    private OcspStaples staples(int size, Duration lifetime) {
        return new OcspStaples(settings(responder, LONG, size, lifetime), clock);
    }

    private OcspStaples staples() {
        return staples(256, Duration.ZERO);
    }

    @Test
    void theResponderIsAskedAboutTheCertificate() throws Exception {
        assertTrue(staples().responseFor(SERVER.chain()).isPresent());
        var request = new OCSPReq(responder.asked().get(0));
        assertEquals(1, request.getRequestList().length);
        assertEquals(
                SERVER.certificate().getSerialNumber(),
                request.getRequestList()[0].getCertID().getSerialNumber());
    }

    @Test
    void aResponseIsKeptUntilTheNextIsDue() {
        byte[] first = good();
        responder.say(first);
        var staples = staples();
        assertArrayEquals(first, staples.responseFor(SERVER.chain()).orElseThrow());
        clock.pass(Duration.ofMinutes(50));
        assertArrayEquals(first, staples.responseFor(SERVER.chain()).orElseThrow());
        assertEquals(1, responder.asked().size());
        clock.pass(Duration.ofMinutes(10));
        byte[] second = said(CertificateStatus.GOOD, clock.now());
        responder.say(second);
        assertArrayEquals(second, staples.responseFor(SERVER.chain()).orElseThrow());
    }

    @Test
    void aResponseIsKeptNoLongerThanTheCacheIsToldTo() {
        var staples = staples(256, Duration.ofMinutes(10));
        staples.responseFor(SERVER.chain());
        clock.pass(Duration.ofMinutes(11));
        staples.responseFor(SERVER.chain());
        assertEquals(2, responder.asked().size());
    }

    static Stream<Arguments> useless() {
        var now = NOW;
        return Stream.of(
                Arguments.of("expired", said(CertificateStatus.GOOD, now.minus(Duration.ofDays(1)))),
                Arguments.of("of the future", said(CertificateStatus.GOOD, now.plus(Duration.ofDays(1)))),
                Arguments.of("unknown", said(new UnknownStatus(), now)),
                Arguments.of("for another", CA.statusOf(CA.certificate(), CertificateStatus.GOOD, now)),
                Arguments.of("try later", new byte[] {0x30, 3, 0x0A, 1, 3}),
                Arguments.of("no DER", new byte[] {1, 2, 3}),
                Arguments.of("nothing", new byte[0]),
                Arguments.of("too long", new byte[1 << 17]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("useless")
    void whatTellsNothingIsNotStapledNorAskedForAgainAtOnce(String kind, byte[] answer) {
        responder.say(answer);
        var staples = staples();
        assertTrue(staples.responseFor(SERVER.chain()).isEmpty());
        responder.say(good());
        assertTrue(staples.responseFor(SERVER.chain()).isEmpty());
        assertEquals(1, responder.asked().size());
        clock.pass(Duration.ofMinutes(1));
        assertTrue(staples.responseFor(SERVER.chain()).isPresent());
    }

    @Test
    void aResponderThatFailsCostsNothingButTheStaple() {
        responder.status(500);
        assertTrue(staples().responseFor(SERVER.chain()).isEmpty());
        responder.close();
        assertTrue(staples().responseFor(SERVER.chain()).isEmpty());
    }

    /** Bad news is no worse from the server than from the CA. */
    @Test
    void aRevokedCertificateIsStapledAsSuch() {
        byte[] revoked = said(new RevokedStatus(new Date(0), 1), NOW);
        responder.say(revoked);
        assertArrayEquals(revoked, staples().responseFor(SERVER.chain()).orElseThrow());
    }

    @Test
    void handshakesDoNotWaitForeverAndAskOnce() {
        try (var silent = TestResponder.silent()) {
            var fetching = new OcspStaples(settings(silent, LONG, 1, Duration.ZERO), clock);
            for (int handshake = 0; handshake < 3; handshake++) {
                Thread.currentThread().interrupt();
                assertTrue(fetching.responseFor(SERVER.chain()).isEmpty());
                assertTrue(Thread.interrupted());
            }
            assertTrue(silent.asked().size() <= 1);
            var impatient = new OcspStaples(settings(silent, Duration.ofMillis(1), 1, Duration.ZERO), clock);
            assertTrue(impatient.responseFor(SERVER.chain()).isEmpty());
            assertTrue(impatient.responseFor(SERVER.chain()).isEmpty());
            assertTrue(silent.asked().size() <= 2);
        }
    }

    /** However long the responder takes, one handshake's patience is all that it costs. */
    @Test
    void aResponderIsWaitedForOnce() {
        try (var silent = TestResponder.silent()) {
            var aDay = Duration.ofDays(1);
            var staples = new OcspStaples(settings(silent, aDay, 1, Duration.ZERO), clock);
            Thread.currentThread().interrupt();
            assertTrue(staples.responseFor(SERVER.chain()).isEmpty());
            assertTrue(Thread.interrupted());
            clock.pass(aDay);
            assertTrue(staples.responseFor(SERVER.chain()).isEmpty());
            assertTrue(silent.asked().size() <= 1);
        }
    }

    @Test
    void onlySoManyResponsesAreKept() {
        var other = CA.issue("other").ec("secp256r1").identity();
        var staples = staples(1, Duration.ZERO);
        staples.responseFor(SERVER.chain());
        staples.responseFor(other.chain());
        staples.responseFor(SERVER.chain());
        assertEquals(3, responder.asked().size());
    }

    @Test
    void aCertificateAloneIsNotAskedAbout() {
        assertTrue(staples().responseFor(List.of(SERVER.certificate())).isEmpty());
        assertEquals(List.of(), responder.asked());
    }

    @Test
    void theCertificateNamesTheResponderUnlessItIsOverridden() throws Exception {
        var chain = List.of(naming("http://127.0.0.1:1/nobody"), CA.certificate());
        assertEquals(
                Optional.of(URI.create("http://127.0.0.1:1/nobody")),
                new OcspQuestion(chain.get(0), chain.get(1)).responder());
        responder.say(new byte[0]);
        staples().responseFor(chain);
        assertEquals(0, responder.asked().size());
        var overriding = new StaplingSettings(Optional.of(responder.address()), true, LONG, 1, Duration.ZERO);
        new OcspStaples(overriding, clock).responseFor(chain);
        assertEquals(1, responder.asked().size());
    }

    /** TLS to a responder might need a responder in turn. */
    @Test
    void noResponderIsAskedOverAnythingButHttp() throws Exception {
        for (var address : List.of("https://127.0.0.1:1/", "file:///etc/hostname", "not an address"))
            assertTrue(staples()
                    .responseFor(List.of(naming(address), CA.certificate()))
                    .isEmpty());
    }

    private static X509Certificate naming(String responder) throws Exception {
        var name = new X500Principal("CN=Responding CA");
        var builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.TEN,
                new Date(0),
                new Date(1L << 41),
                name,
                SERVER.certificate().getPublicKey());
        var location = new GeneralName(GeneralName.uniformResourceIdentifier, responder);
        builder.addExtension(
                Extension.authorityInfoAccess,
                false,
                new AuthorityInformationAccess(AccessDescription.id_ad_ocsp, location));
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(SERVER.key());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }
}
