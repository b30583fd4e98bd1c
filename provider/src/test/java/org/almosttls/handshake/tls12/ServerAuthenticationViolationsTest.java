package org.almosttls.handshake.tls12;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.extension.SupportedGroups;
import org.almosttls.handshake.CertificateChain;
import org.almosttls.message.Certificate;
import org.almosttls.message.CertificateRequest;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.ServerKeyExchange;
import org.almosttls.message.ServerParams.ServerEcdhParams;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.SpiedCrypto;
import org.almosttls.testkit.StateEnd.Flying;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestIdentity;
import org.almosttls.testkit.TestVerifier;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client refuses between ServerHello and ServerHelloDone. */
class ServerAuthenticationViolationsTest {

    @Test
    void aServerHasACertificate() {
        refuses(Violation.SERVER_CERTIFICATE_MISSING, Certificate.class, it -> new Certificate(List.of()));
    }

    @Test
    void aCertificateCanBeParsed() {
        refuses(
                Violation.CERTIFICATE_MALFORMED,
                Certificate.class,
                it -> new Certificate(List.of(new byte[] {0x30, 0})));
    }

    @Test
    void aChainIsNotWithoutEnd() {
        refuses(
                Violation.CERTIFICATE_CHAIN_TOO_LONG,
                Certificate.class,
                it -> new Certificate(Collections.nCopies(11, it.chain().get(0))));
    }

    @Test
    void aCertificateHasNothingBehindIt() {
        refuses(Violation.CERTIFICATE_MALFORMED, Certificate.class, it -> {
            var leaf = it.chain().get(0);
            return new Certificate(List.of(Arrays.copyOf(leaf, leaf.length + 1)));
        });
    }

    @Test
    void aKeyOfAnotherKindDoesNotFitTheSuite() {
        refuses(Violation.CERTIFICATE_KEY_UNFIT, Certificate.class, it -> certificate(TestCertificates.ecServer()));
    }

    @Test
    void aKeyThatMayNotSignDoesNotFitEcdhe() {
        var enciphering = TestCertificates.rsaServer(KeyUsage.keyEncipherment);
        refuses(Violation.CERTIFICATE_KEY_UNFIT, Certificate.class, it -> certificate(enciphering));
    }

    @Test
    void aKeyThatMayNotEncipherDoesNotFitRsa() {
        var signing = TestCertificates.rsaServer(KeyUsage.digitalSignature);
        Expect.violation(
                Violation.CERTIFICATE_KEY_UNFIT,
                () -> new StatePair(
                                TestConfig.client()
                                        .suites(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA)
                                        .build(),
                                server().build())
                        .changing(Certificate.class, it -> certificate(signing))
                        .handshake());
    }

    @Test
    void theVerifierDecides() {
        Expect.violation(
                Violation.CERTIFICATE_REFUSED,
                () -> new StatePair(
                                TestConfig.client().build(),
                                TestConfig.server(TestCertificates.unknownCaServer())
                                        .build())
                        .handshake());
    }

    @Test
    void theGroupIsOneOfTheOffer() {
        refusesKey(
                Violation.GROUP_NOT_OFFERED,
                it -> new ServerKeyExchange(
                        new ServerEcdhParams(NamedGroup.SECP384R1, pointOf(it)), it.scheme(), it.signature()));
    }

    /** RFC 8422 §5.4: 1 and 2 were explicit curves. */
    @ParameterizedTest
    @ValueSource(bytes = {0, 1, 2, 4, -1})
    void theCurveIsNamed(byte curveType) {
        Expect.violation(
                Violation.CURVE_NOT_NAMED,
                () -> pair().garbling(flying -> {
                            if (flying.isChangeCipherSpec()
                                    || flying.bytes()[0] != HandshakeType.SERVER_KEY_EXCHANGE.code()) return flying;
                            var changed = flying.bytes().clone();
                            changed[4] = curveType;
                            return new Flying(changed);
                        })
                        .handshake());
    }

    @Test
    void theSchemeIsOneOfTheOffer() {
        refusesKey(
                Violation.SCHEME_NOT_OFFERED,
                it -> new ServerKeyExchange(it.params(), SignatureScheme.RSA_PSS_RSAE_SHA512, it.signature()));
    }

    @Test
    void theSchemeFitsTheKey() {
        refusesKey(
                Violation.SCHEME_NOT_OFFERED,
                it -> new ServerKeyExchange(it.params(), SignatureScheme.ECDSA_SECP256R1_SHA256, it.signature()));
    }

    @Test
    void theSignatureIsRight() {
        refusesKey(Violation.WRONG_SIGNATURE, it -> {
            var signature = it.signature().clone();
            signature[20] ^= 1;
            return new ServerKeyExchange(it.params(), it.scheme(), signature);
        });
    }

    @Test
    void theSignatureCoversTheKey() {
        refusesKey(Violation.WRONG_SIGNATURE, it -> {
            var point = pointOf(it).clone();
            point[7] ^= 1;
            return new ServerKeyExchange(new ServerEcdhParams(NamedGroup.X25519, point), it.scheme(), it.signature());
        });
    }

    /**
     * RFC 8422 §5.3: a server must not choose such a certificate. One that does is borne, as the platform bears it: who
     * names curves for the key exchange need not mean certificates.
     */
    @Test
    void aCurveThatTheClientHasNotNamedIsBorneInACertificate() throws Exception {
        var more = Hellos.with(new SupportedGroups(List.of(NamedGroup.X25519, NamedGroup.SECP256R1)));
        var pair = new StatePair(
                        TestConfig.client().groups(NamedGroup.X25519).build(),
                        TestConfig.server(TestCertificates.ecServer()).build())
                .changing(ClientHello.class, hello -> Hellos.extensions(hello, more));
        Expect.violation(Violation.WRONG_FINISHED, pair::handshake);
    }

    private static byte[] pointOf(ServerKeyExchange exchange) {
        return ((ServerEcdhParams) exchange.params()).point();
    }

    static Stream<Arguments> badPoints() {
        var offCurve = new byte[65];
        offCurve[0] = 4;
        offCurve[64] = 1;
        return Stream.of(
                Arguments.of(NamedGroup.X25519, new byte[32]),
                Arguments.of(NamedGroup.X25519, new byte[31]),
                Arguments.of(NamedGroup.SECP256R1, offCurve),
                Arguments.of(NamedGroup.SECP256R1, new byte[] {0}));
    }

    /** RFC 8422 §5.10, §5.11: also under a good signature. */
    @ParameterizedTest
    @MethodSource("badPoints")
    void aPublicKeyIsValidInItsGroup(NamedGroup group, byte[] point) {
        var spoilt = new SpiedCrypto().spoilPublicKeys(point);
        Expect.violation(
                Violation.BAD_PUBLIC_KEY,
                () -> new StatePair(
                                TestConfig.client().build(),
                                server().groups(group)
                                        .with("crypto", spoilt.backend())
                                        .build())
                        .handshake());
    }

    @Test
    void theNamesOfAuthoritiesCanBeParsed() {
        Expect.violation(
                Violation.MALFORMED_MESSAGE,
                () -> new StatePair(
                                TestConfig.client().build(),
                                server().asking(ClientAuthentication.WANT).build())
                        .changing(
                                CertificateRequest.class,
                                it -> new CertificateRequest(
                                        it.certificateTypes(), it.schemes(), List.of(new byte[] {1})))
                        .handshake());
    }

    @Test
    void theVerifierLearnsWhatIsAgreed() throws Exception {
        var verifier = new TestVerifier();
        new StatePair(
                        TestConfig.client()
                                .suites(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
                                .with("peerVerifier", verifier)
                                .build(),
                        server().build())
                .handshake();
        var judged = verifier.judged().get(0);
        assertEquals("ECDHE_RSA", judged.authType());
        assertEquals(TestCertificates.rsaServer().chain(), judged.chain());
        assertEquals(
                CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                judged.facts().cipherSuite());
        assertEquals(List.of(TestCertificates.HOST), judged.facts().serverNames());
    }

    private static Certificate certificate(TestIdentity identity) {
        return CertificateChain.encode(identity.credential());
    }

    private static void refusesKey(Violation violation, Function<ServerKeyExchange, HandshakeMessage> change) {
        refuses(violation, ServerKeyExchange.class, change);
    }

    private static <M extends HandshakeMessage> void refuses(
            Violation violation, Class<M> kind, Function<M, HandshakeMessage> change) {
        Expect.violation(violation, () -> pair().changing(kind, change).handshake());
    }

    private static StatePair pair() throws TlsAlertException {
        return new StatePair(
                TestConfig.client()
                        .suites(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
                        .groups(NamedGroup.X25519)
                        .build(),
                server().build());
    }

    private static TestConfig server() {
        return TestConfig.server(TestCertificates.rsaServer());
    }
}
