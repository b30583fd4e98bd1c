package org.almosttls.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.X509CertSelector;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.almosttls.ocsp.TestResponder;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EngineEnd;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestAuthority;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Certificates that are revoked, expired or nobody's, in both roles: who refuses says why, and so does the alert. SunJSSE
 * has certificate_unknown for more of them.
 */
class RefusedCertificatesTest {

    private static final TestAuthority CA = new TestAuthority("Revoking CA");
    private static final TestIdentity GOOD = identity(CA, Duration.ofDays(-20));
    private static final TestIdentity REVOKED = identity(CA, Duration.ofDays(-20));
    private static final TestIdentity EXPIRED = identity(CA, Duration.ofDays(1));
    private static final TestIdentity STRANGER = identity(new TestAuthority("Nobody's CA"), Duration.ofDays(-20));

    private static TestIdentity identity(TestAuthority authority, Duration expiredFor) {
        return authority
                .issue("peer")
                .names(TestCertificates.HOST)
                .ec("secp256r1")
                .expired(expiredFor)
                .identity();
    }

    private static byte[] said(TestIdentity of, CertificateStatus status) {
        return CA.statusOf(of.certificate(), status, Instant.now());
    }

    private static RevokedStatus revoked() {
        return new RevokedStatus(Date.from(Instant.now().minus(Duration.ofDays(1))), CRLReason.keyCompromise);
    }

    /** What a certificate of the CA may be, and the alert that says so. */
    static Stream<Arguments> ofTheCa() {
        return Stream.of("TLSv1.2", "TLSv1.3")
                .flatMap(version -> Stream.of(
                        Arguments.of(version, "revoked", REVOKED, "certificate_revoked"),
                        Arguments.of(version, "expired", EXPIRED, "certificate_expired")));
    }

    /** A client does not even show what the server cannot know. */
    static Stream<Arguments> ofAnyCa() {
        var strangers = Stream.of("TLSv1.2", "TLSv1.3")
                .map(version -> Arguments.of(version, "a stranger", STRANGER, "unknown_ca"));
        return Stream.concat(ofTheCa(), strangers);
    }

    abstract static class Suite extends Control {

        Suite(Stack stack) {
            super(stack);
        }

        private static PKIXRevocationChecker checker(Set<Option> options) throws Exception {
            var checker =
                    (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
            checker.setOptions(options);
            return checker;
        }

        private TrustManager[] trust(PKIXRevocationChecker checker) throws Exception {
            var path = new PKIXBuilderParameters(TestCertificates.trustStore(CA.certificate()), new X509CertSelector());
            path.addCertPathChecker(checker);
            path.addCertStore(CertStore.getInstance(
                    "Collection", new CollectionCertStoreParameters(List.of(CA.revoking(REVOKED.certificate())))));
            var factory = TrustManagerFactory.getInstance("PKIX", stack().provider());
            factory.init(new CertPathTrustManagerParameters(path));
            return factory.getTrustManagers();
        }

        /** By a list of what is revoked. */
        private TrustManager[] byList() throws Exception {
            return trust(checker(EnumSet.of(Option.PREFER_CRLS, Option.NO_FALLBACK)));
        }

        private TrustManager[] asking(URI responder, Option... more) throws Exception {
            var options = EnumSet.of(Option.NO_FALLBACK);
            options.addAll(List.of(more));
            var checker = checker(options);
            checker.setOcspResponder(responder);
            return trust(checker);
        }

        private SSLContext context(String version, TestIdentity own, TrustManager[] trust) {
            KeyManager[] keys = Contexts.keys(own);
            return Contexts.of(version, stack().provider(), keys, trust);
        }

        private static EnginePair engines(SSLContext client, SSLContext server) {
            var ofServer = server.createSSLEngine();
            ofServer.setNeedClientAuth(true);
            return new EnginePair(client.createSSLEngine(TestCertificates.HOST, 443), ofServer);
        }

        private String alert(String telling) {
            return stack().isOurs() ? telling : "";
        }

        /** What the refusing end throws, and what the other reads of it. */
        private static void refuses(EnginePair pair, EngineEnd by, EngineEnd other, String alert) throws Exception {
            var refusal = assertThrows(SSLHandshakeException.class, pair::handshake);
            assertInstanceOf(CertificateException.class, refusal.getCause());
            other.deliver(by.wrapAll(new byte[0]));
            var read = assertThrows(SSLException.class, other::unwrapAll);
            assertTrue(read.getMessage().contains("Received fatal alert: " + alert), read::getMessage);
        }

        @ParameterizedTest(name = "{0} {1}")
        @MethodSource("org.almosttls.control.RefusedCertificatesTest#ofAnyCa")
        void aClientsEngineRefuses(String version, String name, TestIdentity server, String alert) throws Exception {
            var pair = engines(context(version, GOOD, byList()), context(version, server, byList()));
            refuses(pair, pair.client(), pair.server(), alert(alert));
        }

        @ParameterizedTest(name = "{0} {1}")
        @MethodSource("org.almosttls.control.RefusedCertificatesTest#ofTheCa")
        void aServersEngineRefuses(String version, String name, TestIdentity client, String alert) throws Exception {
            var pair = engines(context(version, client, byList()), context(version, GOOD, byList()));
            refuses(pair, pair.server(), pair.client(), alert(alert));
        }

        @ParameterizedTest(name = "{0} {1}")
        @MethodSource("org.almosttls.control.RefusedCertificatesTest#ofAnyCa")
        void aClientsSocketRefuses(String version, String name, TestIdentity server, String alert) throws Exception {
            var client = context(version, GOOD, byList());
            try (var pair = new SocketPair(client, context(version, server, byList()))) {
                var failures = pair.failures();
                var refusal = failures.client().orElseThrow();
                assertInstanceOf(CertificateException.class, refusal.getCause());
                // SunJSSE's server may not come to read it.
                var read = failures.server().orElseThrow().getMessage();
                if (stack().isOurs()) assertTrue(read.contains("Received fatal alert: " + alert), read);
            }
        }

        @ParameterizedTest(name = "{0} {1}")
        @MethodSource("org.almosttls.control.RefusedCertificatesTest#ofTheCa")
        void aServersSocketRefuses(String version, String name, TestIdentity client, String alert) throws Exception {
            var server = context(version, GOOD, byList());
            try (var pair = new SocketPair(context(version, client, byList()), server)) {
                pair.server().setNeedClientAuth(true);
                var failures = pair.failures();
                assertInstanceOf(
                        CertificateException.class,
                        failures.server().orElseThrow().getCause());
                assertTrue(failures.client().isPresent());
            }
        }

        @EachVersion
        void whoIsNotOnTheListIsTaken(String version) throws Exception {
            var pair = engines(context(version, GOOD, byList()), context(version, GOOD, byList()))
                    .handshake();
            assertEquals(GOOD.certificate(), pair.server().engine().getSession().getPeerCertificates()[0]);
        }

        @EachVersion
        void aResponderIsAsked(String version) throws Exception {
            try (var good = TestResponder.saying(said(GOOD, CertificateStatus.GOOD));
                    var bad = TestResponder.saying(said(GOOD, revoked()));
                    var unsure = TestResponder.saying(said(GOOD, new UnknownStatus()))) {
                var server = context(version, GOOD, byList());
                engines(context(version, GOOD, asking(good.address())), server).handshake();
                var revoked = engines(context(version, GOOD, asking(bad.address())), server);
                refuses(revoked, revoked.client(), revoked.server(), "certificate_revoked");
                var unknown = engines(context(version, GOOD, asking(unsure.address())), server);
                refuses(unknown, unknown.client(), unknown.server(), "certificate_unknown");
            }
        }

        /** Both ends look, and both may look away if nobody answers. */
        @EachVersion
        void aResponderThatDoesNotAnswerMayBeBorne(String version) throws Exception {
            var nowhere = URI.create("http://127.0.0.1:1/");
            var soft = context(version, GOOD, asking(nowhere, Option.SOFT_FAIL));
            engines(soft, soft).handshake();
            var pair = engines(context(version, GOOD, asking(nowhere)), soft);
            refuses(pair, pair.client(), pair.server(), "certificate_unknown");
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
