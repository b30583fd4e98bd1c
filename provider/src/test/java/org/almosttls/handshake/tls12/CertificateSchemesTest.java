package org.almosttls.handshake.tls12;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.SignatureAlgorithmsCert;
import org.almosttls.handshake.Action;
import org.almosttls.handshake.CertificateChain;
import org.almosttls.message.Certificate;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestAuthority;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestCredentials;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

/** RFC 8446 §4.2.3 in TLS 1.2: signature_algorithms_cert, and the signatures in the chain that a server shows. */
class CertificateSchemesTest {

    private static final TestAuthority CA = new TestAuthority("RSA CA", "SHA256withRSA");
    private static final TestIdentity EC =
            CA.issue("EC").ec("secp256r1").signedBy("SHA512withRSA").identity();
    private static final TestIdentity RSA = CA.issue("RSA").rsa(2048).identity();

    private static final List<SignatureScheme> FOR_HANDSHAKES =
            List.of(SignatureScheme.ECDSA_SECP256R1_SHA256, SignatureScheme.RSA_PKCS1_SHA256);
    private static final List<SignatureScheme> WITH_SHA_1 = List.of(
            SignatureScheme.ECDSA_SECP256R1_SHA256, SignatureScheme.RSA_PKCS1_SHA256, SignatureScheme.RSA_PKCS1_SHA1);

    @Test
    void aClientWithTheSamePolicyForBothSaysOneList() throws Exception {
        var hello = hello(client());
        assertFalse(hello.extensions().has(ExtensionType.SIGNATURE_ALGORITHMS_CERT));
    }

    @Test
    void aClientThatTakesSha1InCertificatesAloneSaysSo() throws Exception {
        var hello = hello(client().with("certificateSchemes", WITH_SHA_1));
        var extensions = hello.extensions();
        assertEquals(Optional.of(new SignatureAlgorithms(FOR_HANDSHAKES)), extensions.find(SignatureAlgorithms.class));
        assertEquals(
                Optional.of(new SignatureAlgorithmsCert(WITH_SHA_1)), extensions.find(SignatureAlgorithmsCert.class));
    }

    @Test
    void aClientOfTls11SaysNeither() throws Exception {
        var hello =
                hello(TestConfig.client().with("certificateSchemes", WITH_SHA_1).versions(ProtocolVersion.TLS_1_1));
        assertFalse(hello.extensions().has(ExtensionType.SIGNATURE_ALGORITHMS_CERT));
    }

    @Test
    void aServerDoesNotSayIt() {
        Expect.violation(
                Violation.EXTENSION_MISPLACED,
                () -> new StatePair(
                                client().with("certificateSchemes", WITH_SHA_1).build(),
                                TestConfig.server(TestCertificates.ecServer()).build())
                        .changing(
                                ServerHello.class,
                                it -> Hellos.extensions(it, Hellos.plus(new SignatureAlgorithmsCert(WITH_SHA_1))))
                        .handshake());
    }

    @Test
    void aServerShowsAChainWhoseSignaturesTheClientVerifies() throws Exception {
        assertEquals(RSA.certificate(), shown(SignatureScheme.RSA_PKCS1_SHA256));
        assertEquals(EC.certificate(), shown(SignatureScheme.RSA_PKCS1_SHA512));
    }

    @Test
    void ratherThanNoneAServerShowsAnyChain() throws Exception {
        assertEquals(EC.certificate(), shown(SignatureScheme.ED25519));
    }

    /** RFC 8446 §4.2.3: if there is no signature_algorithms_cert, signature_algorithms is meant for certificates too. */
    @Test
    void theSchemesOfHandshakesAreForCertificatesWhereNothingElseIsSaid() throws Exception {
        var pair = pair(client(), new TestCredentials(List.of(EC, RSA)));
        assertEquals(RSA.certificate(), shownIn(pair));
    }

    @Test
    void eachKindOfKeyIsAskedForOnceAllTheSame() throws Exception {
        var credentials = new TestCredentials(List.of(RSA));
        pair(client().with("certificateSchemes", List.of(SignatureScheme.ED25519)), credentials);
        var asked = credentials.requests().stream().map(it -> it.keyTypes()).toList();
        assertEquals(List.of(List.of("EC"), List.of("EdDSA"), List.of("RSA"), List.of("RSASSA-PSS")), asked);
        assertEquals(
                List.of(SignatureScheme.ED25519),
                credentials.requests().get(0).facts().peerSchemes());
    }

    /** RFC 4346 §7.4.2 has no such list, so a hello of 1.2 that was answered in 1.1 does not count. */
    @Test
    void inTls11AnyChainIsShown() throws Exception {
        var both = client().versions(ProtocolVersion.TLS_1_2, ProtocolVersion.TLS_1_1)
                .with("certificateSchemes", List.of(SignatureScheme.ED25519))
                .suites(
                        CipherSuite.named("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA")
                                .orElseThrow(),
                        CipherSuite.named("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA").orElseThrow());
        var server = TestConfig.server().versions(ProtocolVersion.TLS_1_1);
        var pair = new StatePair(
                        both.build(),
                        server.credentials(new TestCredentials(List.of(EC, RSA)))
                                .build())
                .until(HandshakeType.CERTIFICATE);
        assertEquals(EC.certificate(), shownIn(pair));
    }

    private static X509Certificate shown(SignatureScheme verified) throws Exception {
        return shownIn(
                pair(client().with("certificateSchemes", List.of(verified)), new TestCredentials(List.of(EC, RSA))));
    }

    private static X509Certificate shownIn(StatePair pair) throws Exception {
        var message = pair.server().actions(Action.Send.class).stream()
                .map(send -> send.message().message())
                .filter(Certificate.class::isInstance)
                .map(Certificate.class::cast)
                .findFirst()
                .orElseThrow();
        return CertificateChain.decode(message, 10).get(0);
    }

    private static StatePair pair(TestConfig client, TestCredentials credentials) throws TlsAlertException {
        return new StatePair(
                        client.build(),
                        TestConfig.server().credentials(credentials).build())
                .until(HandshakeType.CERTIFICATE);
    }

    private static TestConfig client() {
        return TestConfig.client()
                .with("signatureSchemes", FOR_HANDSHAKES)
                .with("certificateSchemes", FOR_HANDSHAKES)
                .suites(
                        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256);
    }

    private static ClientHello hello(TestConfig config) throws TlsAlertException {
        var client = new StatePair(config.build(), TestConfig.server().build()).client();
        return (ClientHello) client.actions(Action.Send.class).get(0).message().message();
    }
}
