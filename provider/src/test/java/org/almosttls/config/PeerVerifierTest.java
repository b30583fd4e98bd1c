package org.almosttls.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.security.cert.CRLReason;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.almosttls.alert.Violation;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.Role;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 5246 §7.2.2: which alert a refusal by a trust manager comes to. */
class PeerVerifierTest {

    private static final PeerIdentity SERVER = new PeerIdentity(
            Role.SERVER,
            List.of(TestCertificates.ca()),
            "ECDHE_RSA",
            new HandshakeFacts(
                    ProtocolVersion.TLS_1_2,
                    CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                    List.of(),
                    List.of(),
                    Optional.empty()));

    private record Refusing(CertificateException refusal) {

        PeerVerifier verifier() {
            return new PeerVerifier() {
                @Override
                protected void check(PeerIdentity identity) throws CertificateException {
                    throw refusal;
                }

                @Override
                public List<X509Certificate> acceptedIssuers() {
                    return List.of();
                }
            };
        }
    }

    private static Throwable invalid(Reason reason) {
        return new CertPathValidatorException("invalid", null, null, -1, reason);
    }

    private static Throwable words(String words) {
        return new CertificateException(words);
    }

    private static Throwable revoked() {
        var now = Date.from(Instant.EPOCH);
        return new CertificateRevokedException(now, CRLReason.KEY_COMPROMISE, new X500Principal("CN=CA"), Map.of());
    }

    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of(Violation.CERTIFICATE_EXPIRED, new CertificateExpiredException()),
                Arguments.of(Violation.CERTIFICATE_EXPIRED, new CertificateNotYetValidException()),
                Arguments.of(Violation.CERTIFICATE_EXPIRED, invalid(BasicReason.EXPIRED)),
                Arguments.of(Violation.CERTIFICATE_EXPIRED, invalid(BasicReason.NOT_YET_VALID)),
                Arguments.of(Violation.CERTIFICATE_REVOKED, revoked()),
                Arguments.of(Violation.CERTIFICATE_REVOKED, invalid(BasicReason.REVOKED)),
                Arguments.of(Violation.CERTIFICATE_BAD, invalid(BasicReason.INVALID_SIGNATURE)),
                Arguments.of(Violation.CERTIFICATE_WEAK, invalid(BasicReason.ALGORITHM_CONSTRAINED)),
                Arguments.of(
                        Violation.CERTIFICATE_WEAK,
                        words("Certificates do not conform to algorithm constraints: MD5withRSA")),
                Arguments.of(Violation.CERTIFICATE_UNTRUSTED, new CertPathBuilderException()),
                Arguments.of(Violation.CERTIFICATE_UNTRUSTED, invalid(PKIXReason.NO_TRUST_ANCHOR)),
                Arguments.of(Violation.CERTIFICATE_NAME_MISMATCH, words("No subject alternative DNS name matching x")),
                Arguments.of(Violation.CERTIFICATE_NAME_MISMATCH, words("No name matching x found")),
                Arguments.of(Violation.CERTIFICATE_REFUSED, words("No")),
                Arguments.of(Violation.CERTIFICATE_REFUSED, invalid(BasicReason.UNSPECIFIED)),
                Arguments.of(Violation.CERTIFICATE_REFUSED, new IllegalStateException()));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void theCauseOfARefusalDecides(Violation verdict, Throwable cause) {
        var refusal = new CertificateException("refused", new RuntimeException(cause));
        var thrown =
                Expect.violation(verdict, () -> new Refusing(refusal).verifier().verify(SERVER));
        assertSame(refusal, thrown.getCause());
    }

    @ParameterizedTest
    @MethodSource("causes")
    void theHandshakeEndsByThatVerdict(Violation verdict, Throwable cause) {
        var refusal = new CertificateException("refused", new RuntimeException(cause));
        var client = TestConfig.client().with("peerVerifier", new Refusing(refusal).verifier());
        var server = TestConfig.server(TestCertificates.rsaServer());
        Expect.violation(verdict, () -> new StatePair(client.build(), server.build()).handshake());
    }

    static Stream<Throwable> badStatuses() {
        return Stream.of(
                invalid(BasicReason.UNDETERMINED_REVOCATION_STATUS),
                new CertPathValidatorException("Unable to verify OCSP Response's signature"),
                new CertPathValidatorException("Response is unreliable: its validity interval is out-of-date"),
                new CertPathValidatorException("Responder's certificate not within the validity period"));
    }

    /** RFC 6066 §8. */
    @ParameterizedTest
    @MethodSource("badStatuses")
    void aStapledResponseMayBeToBlame(Throwable cause) {
        var refusing = new Refusing(new CertificateException("refused", cause)).verifier();
        Expect.violation(Violation.CERTIFICATE_STATUS_BAD, () -> refusing.verify(stapled()));
        Expect.violation(Violation.CERTIFICATE_REFUSED, () -> refusing.verify(SERVER));
    }

    /** The platform's words for a certificate that no response came for. */
    @Test
    void aStapledResponseIsNotToBlameForAnotherCertificate() {
        var cause = new CertPathValidatorException("Certificate does not specify OCSP responder");
        var refusing = new Refusing(new CertificateException("refused", cause)).verifier();
        Expect.violation(Violation.CERTIFICATE_REFUSED, () -> refusing.verify(stapled()));
    }

    private static PeerIdentity stapled() {
        var facts = SERVER.facts().withStatus(List.of(new byte[] {1}));
        return new PeerIdentity(SERVER.role(), SERVER.chain(), SERVER.authType(), facts);
    }

    @Test
    void causesMayGoRoundInACircle() {
        var refusal = new CertificateException("refused");
        refusal.initCause(new RuntimeException(refusal));
        var thrown = Expect.violation(
                Violation.CERTIFICATE_REFUSED,
                () -> new Refusing(refusal).verifier().verify(SERVER));
        assertEquals(Violation.CERTIFICATE_REFUSED.alert(), thrown.violation().alert());
    }
}
