package org.almosttls.delivery;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.almosttls.alert.Violation;
import org.almosttls.config.Stapling;
import org.almosttls.handshake.CertificateChain;
import org.almosttls.message.Certificate;
import org.almosttls.message.CertificateStatus;
import org.almosttls.message.CertificateVerify;
import org.almosttls.message.ServerHelloDone;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Mallory.Script;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestIdentity;

/** What can be wrong with who an end says it is. */
final class CertificateMisdeeds {

    private static final CipherSuite ECDSA = CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;

    private CertificateMisdeeds() {}

    static Stream<Misdeed> all() {
        return Stream.of(chains(), refusals(), proofs(), statuses()).flatMap(each -> each);
    }

    private static Terms asked() {
        var client = TestConfig.client(TestCertificates.ecClient());
        return Terms.server().wishing(wishes -> wishes.setNeedClientAuth(true)).mallory(client);
    }

    private static Stream<Misdeed> chains() {
        var malformed = new Certificate(List.of(new byte[] {0x30, 0}));
        return Stream.of(Terms.client(), asked())
                .flatMap(terms -> Stream.of(
                        Misdeed.of(
                                Violation.CERTIFICATE_MALFORMED,
                                terms,
                                it -> it.changing(Certificate.class, any -> malformed)),
                        Misdeed.of(
                                Violation.CERTIFICATE_CHAIN_TOO_LONG,
                                terms,
                                it -> it.changing(
                                        Certificate.class,
                                        shown -> new Certificate(Collections.nCopies(
                                                11, shown.chain().get(0))))),
                        Misdeed.of(
                                terms.victimIsClient()
                                        ? Violation.SERVER_CERTIFICATE_MISSING
                                        : Violation.CERTIFICATE_MISSING,
                                terms,
                                it -> it.changing(Certificate.class, any -> new Certificate(List.of())))));
    }

    private static Stream<Misdeed> refusals() {
        var wrongName = Terms.client()
                .wishing(wishes -> wishes.setEndpointIdentificationAlgorithm("HTTPS"))
                .mallory(TestConfig.server(TestCertificates.wrongHostServer()).suites(ECDSA));
        var lying = CertificateChain.encode(TestCertificates.ecServer().credential());
        return Stream.of(
                Misdeed.of(
                        Violation.CERTIFICATE_KEY_UNFIT,
                        Terms.client(),
                        it -> it.changing(Certificate.class, any -> lying)),
                server(Violation.CERTIFICATE_UNTRUSTED, TestCertificates.unknownCaServer()),
                server(Violation.CERTIFICATE_EXPIRED, TestCertificates.expiredServer()),
                Misdeed.of(Violation.CERTIFICATE_NAME_MISMATCH, wrongName, done()),
                judged(Violation.CERTIFICATE_REFUSED, BasicReason.UNSPECIFIED),
                judged(Violation.CERTIFICATE_REVOKED, BasicReason.REVOKED),
                judged(Violation.CERTIFICATE_BAD, BasicReason.INVALID_SIGNATURE),
                judged(Violation.CERTIFICATE_WEAK, BasicReason.ALGORITHM_CONSTRAINED),
                Misdeed.of(
                                Violation.CERTIFICATE_UNTRUSTED,
                                asked().mallory(TestConfig.client(TestCertificates.unknownCaClient())),
                                it -> it.changing(Certificate.class, shown -> shown))
                        .how("of a stranger"));
    }

    private static Misdeed server(Violation violation, TestIdentity identity) {
        return Misdeed.of(
                violation, Terms.client().mallory(TestConfig.server(identity).suites(ECDSA)), done());
    }

    private static Misdeed judged(Violation violation, CertPathValidatorException.Reason reason) {
        return Misdeed.of(violation, Terms.client().trusting(() -> new TrustManager[] {new Refusing(reason)}), done());
    }

    /** Nothing is wrong with the messages themselves. */
    private static Script done() {
        return it -> it.changing(ServerHelloDone.class, message -> message);
    }

    private static Stream<Misdeed> proofs() {
        return Stream.of(
                Misdeed.of(
                        Violation.SCHEME_NOT_OFFERED,
                        asked(),
                        it -> it.changing(
                                CertificateVerify.class,
                                proof ->
                                        new CertificateVerify(SignatureScheme.RSA_PSS_RSAE_SHA256, proof.signature()))),
                Misdeed.of(
                        Violation.WRONG_SIGNATURE,
                        asked(),
                        it -> it.changing(CertificateVerify.class, proof -> {
                            byte[] signature = proof.signature().clone();
                            signature[signature.length - 1] ^= 1;
                            return new CertificateVerify(proof.scheme(), signature);
                        })));
    }

    private static Stream<Misdeed> statuses() {
        var stapling = Terms.client();
        var stapled = stapling.mallory(stapling.mallory()
                .with("stapling", new Stapling(false, chain -> Optional.of(new byte[] {0x30, 3, 0x0A, 1, 6}))));
        return Stream.of(
                Misdeed.of(
                        Violation.STATUS_TYPE_NOT_REQUESTED,
                        stapled,
                        it -> it.changing(
                                CertificateStatus.class, status -> new CertificateStatus(2, status.response()))),
                Misdeed.of(
                        Violation.CERTIFICATE_STATUS_BAD,
                        stapled.trusting(
                                () -> new TrustManager[] {new Refusing(BasicReason.UNDETERMINED_REVOCATION_STATUS)}),
                        done()));
    }

    /** Has always the same to object. */
    private record Refusing(CertPathValidatorException.Reason reason) implements X509TrustManager {

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            var cause = new CertPathValidatorException("no", null, null, -1, reason);
            throw new CertificateException("refused", cause);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            checkServerTrusted(chain, authType);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
