package org.almosttls.handshake.tls12;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.handshake.Action;
import org.almosttls.handshake.CertificateChain;
import org.almosttls.message.Certificate;
import org.almosttls.message.CertificateRequest;
import org.almosttls.message.CertificateVerify;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.StateEnd;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestAuthority;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestCredentials;
import org.almosttls.testkit.TestIdentity;
import org.almosttls.testkit.TestVerifier;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

/** Certificates of clients: what is asked for, what is shown, and what is refused. */
class ClientAuthenticationTest {

    @Test
    void theServerAsksByTypesSchemesAndAuthorities() throws Exception {
        var server = pair(ClientAuthentication.NEED, TestCertificates.ecClient())
                .handshake()
                .server();
        var request = sent(server, CertificateRequest.class).orElseThrow();
        assertEquals(List.of(64, 1), request.certificateTypes());
        assertEquals(TestConfig.server().build().signatureSchemes(), request.schemes());
        assertArrayEquals(
                TestCertificates.ca().getSubjectX500Principal().getEncoded(),
                request.authorities().get(0));
    }

    @Test
    void theClientIsAskedForKeysInTheOrderOfTheServersSchemes() throws Exception {
        var credentials = new TestCredentials(List.of(TestCertificates.rsaClient()));
        new StatePair(
                        TestConfig.client().credentials(credentials).build(),
                        server(ClientAuthentication.NEED)
                                .schemes(
                                        SignatureScheme.RSA_PSS_RSAE_SHA256,
                                        SignatureScheme.ECDSA_SECP256R1_SHA256,
                                        SignatureScheme.ED25519)
                                .build())
                .handshake();
        var request = credentials.requests().get(0);
        assertEquals(List.of("RSA", "EC", "EdDSA"), request.keyTypes());
        assertEquals(List.of(TestCertificates.ca().getSubjectX500Principal()), request.issuers());
        assertEquals(1, credentials.requests().size());
    }

    @Test
    void theClientHeedsTheTypesOfCertificates() throws Exception {
        var credentials = new TestCredentials(List.of(TestCertificates.ecClient()));
        var pair = new StatePair(
                        TestConfig.client().credentials(credentials).build(),
                        server(ClientAuthentication.WANT).build())
                .changing(
                        CertificateRequest.class,
                        it -> new CertificateRequest(List.of(1), it.schemes(), it.authorities()));
        Expect.violation(Violation.WRONG_FINISHED, pair::handshake);
        assertEquals(List.of("RSA", "RSASSA-PSS"), credentials.requests().get(0).keyTypes());
        assertEquals(
                List.of(), sent(pair.client(), Certificate.class).orElseThrow().chain());
    }

    @Test
    void theTypesAreThoseOfTheSchemes() throws Exception {
        assertEquals(List.of(1), typesOf(SignatureScheme.RSA_PKCS1_SHA256, SignatureScheme.RSA_PSS_PSS_SHA256));
        assertEquals(List.of(64), typesOf(SignatureScheme.ED25519, SignatureScheme.ECDSA_SECP256R1_SHA256));
    }

    private static List<Integer> typesOf(SignatureScheme... schemes) throws TlsAlertException {
        var server = server(ClientAuthentication.WANT).suites(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA);
        var pair = new StatePair(
                        TestConfig.client().build(),
                        server.credentials(new TestCredentials(List.of(TestCertificates.rsaServer())))
                                .schemes(schemes)
                                .build())
                .handshake();
        return sent(pair.server(), CertificateRequest.class).orElseThrow().certificateTypes();
    }

    @Test
    void ofSeveralCertificatesTheClientShowsTheOneThatIsWanted() throws Exception {
        assertEquals("RSA", shown(new CertificateRequest(List.of(1), SCHEMES, List.of())));
        assertEquals("EC", shown(new CertificateRequest(List.of(64), SCHEMES, List.of())));
        assertEquals("EC", shown(new CertificateRequest(List.of(64, 1), SCHEMES, List.of())));
        assertEquals("none", shown(new CertificateRequest(List.of(2), SCHEMES, List.of())));
        var byRsa = List.of(SignatureScheme.RSA_PKCS1_SHA256, SignatureScheme.ECDSA_SECP384R1_SHA384);
        assertEquals("none", shown(new CertificateRequest(List.of(64, 1), byRsa, List.of())));
    }

    /** RFC 5246 §7.4.6: certificates of the chain are signed by schemes of the list too. */
    @Test
    void ofSeveralCertificatesTheClientShowsTheOneWhoseIssuersSignatureIsWanted() throws Exception {
        var authority = new TestAuthority("RSA CA", "SHA256withRSA");
        var ec = authority.issue("EC").ec("secp256r1").signedBy("SHA512withRSA").identity();
        var rsa = authority.issue("RSA").identity();
        var request = new CertificateRequest(
                List.of(64, 1),
                List.of(SignatureScheme.ECDSA_SECP256R1_SHA256, SignatureScheme.RSA_PKCS1_SHA256),
                List.of());
        assertEquals("RSA", shown(request, ec, rsa));
        assertEquals("none", shown(request, ec));
    }

    private static final List<SignatureScheme> SCHEMES =
            List.of(SignatureScheme.ECDSA_SECP256R1_SHA256, SignatureScheme.RSA_PKCS1_SHA256);

    private static String shown(CertificateRequest request) throws TlsAlertException {
        return shown(request, TestCertificates.ecClient(), TestCertificates.rsaClient());
    }

    /** What kind of key a client shows that is asked so. */
    private static String shown(CertificateRequest request, TestIdentity... client) throws TlsAlertException {
        var pair = pair(ClientAuthentication.WANT, client)
                .changing(CertificateRequest.class, it -> request)
                .until(HandshakeType.SERVER_HELLO_DONE);
        pair.deliverNext();
        var chain =
                CertificateChain.decode(sent(pair.client(), Certificate.class).orElseThrow(), 10);
        return chain.isEmpty() ? "none" : chain.get(0).getPublicKey().getAlgorithm();
    }

    /** Key managers may have one alias for all questions. */
    @Test
    void aCertificateOfATypeThatWasNotAskedForIsNotShown() throws Exception {
        var pair = new StatePair(
                        TestConfig.client()
                                .credentials(request ->
                                        Optional.of(TestCertificates.ecClient().credential()))
                                .build(),
                        server(ClientAuthentication.WANT).build())
                .changing(
                        CertificateRequest.class,
                        it -> new CertificateRequest(List.of(1), it.schemes(), it.authorities()))
                .until(HandshakeType.CLIENT_KEY_EXCHANGE);
        assertEquals(
                List.of(), sent(pair.client(), Certificate.class).orElseThrow().chain());
    }

    @Test
    void aCertificateThatMayNotSignIsNotShown() throws Exception {
        var enciphering = TestCertificates.rsaServer(KeyUsage.keyEncipherment);
        var client = pair(ClientAuthentication.WANT, enciphering).handshake().client();
        assertEquals(List.of(), sent(client, Certificate.class).orElseThrow().chain());
        assertEquals(Optional.empty(), sent(client, CertificateVerify.class));
    }

    @Test
    void aNeededCertificateIsMissed() {
        Expect.violation(
                Violation.CERTIFICATE_MISSING,
                () -> pair(ClientAuthentication.NEED).handshake());
    }

    @Test
    void theVerifierDecides() {
        refuses(Violation.CERTIFICATE_REFUSED, TestCertificates.unknownCaClient());
    }

    @Test
    void theVerifierLearnsTheKindOfKey() throws Exception {
        var verifier = new TestVerifier();
        new StatePair(
                        TestConfig.client(TestCertificates.ecClient()).build(),
                        server(ClientAuthentication.NEED)
                                .with("peerVerifier", verifier)
                                .build())
                .handshake();
        assertEquals("EC", verifier.judged().get(0).authType());
    }

    @Test
    void aKeyThatMayNotSignProvesNothing() {
        var enciphering = TestCertificates.rsaServer(KeyUsage.keyEncipherment);
        refuses(
                Violation.CERTIFICATE_KEY_UNFIT,
                Certificate.class,
                it -> CertificateChain.encode(enciphering.credential()));
    }

    @Test
    void aCertificateCanBeParsed() {
        refuses(Violation.CERTIFICATE_MALFORMED, Certificate.class, it -> new Certificate(List.of(new byte[] {1})));
    }

    @Test
    void aChainIsNotWithoutEnd() {
        refuses(
                Violation.CERTIFICATE_CHAIN_TOO_LONG,
                Certificate.class,
                it -> new Certificate(Collections.nCopies(11, it.chain().get(0))));
    }

    @Test
    void theSchemeIsOneThatWasAskedFor() {
        refuses(
                Violation.SCHEME_NOT_OFFERED,
                CertificateVerify.class,
                it -> new CertificateVerify(SignatureScheme.ECDSA_SHA1, it.signature()));
    }

    @Test
    void theSchemeFitsTheKey() {
        refuses(
                Violation.SCHEME_NOT_OFFERED,
                CertificateVerify.class,
                it -> new CertificateVerify(SignatureScheme.RSA_PSS_RSAE_SHA256, it.signature()));
    }

    @Test
    void theSignatureIsRight() {
        refuses(Violation.WRONG_SIGNATURE, CertificateVerify.class, it -> {
            var signature = it.signature().clone();
            signature[signature.length - 1] ^= 1;
            return new CertificateVerify(it.scheme(), signature);
        });
    }

    /** Someone else's certificate is of no use without its key. */
    @Test
    void theSignatureIsByTheKeyInTheCertificate() {
        refuses(
                Violation.WRONG_SIGNATURE,
                Certificate.class,
                it -> CertificateChain.encode(TestCertificates.ecServer().credential()));
    }

    private static void refuses(Violation violation, TestIdentity client) {
        Expect.violation(
                violation, () -> pair(ClientAuthentication.NEED, client).handshake());
    }

    private static <M extends HandshakeMessage> void refuses(
            Violation violation, Class<M> kind, Function<M, HandshakeMessage> change) {
        Expect.violation(
                violation,
                () -> pair(ClientAuthentication.NEED, TestCertificates.ecClient())
                        .until(HandshakeType.SERVER_HELLO_DONE)
                        .changing(kind, change)
                        .handshake());
    }

    private static <M extends HandshakeMessage> Optional<M> sent(StateEnd end, Class<M> kind) {
        return end.actions(Action.Send.class).stream()
                .map(send -> send.message().message())
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }

    private static StatePair pair(ClientAuthentication asking, TestIdentity... client) throws TlsAlertException {
        return new StatePair(TestConfig.client(client).build(), server(asking).build());
    }

    private static TestConfig server(ClientAuthentication asking) {
        return TestConfig.server(TestCertificates.ecServer()).asking(asking);
    }
}
