package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.message.Certificate13;
import org.almosttls.message.CertificateEntry;
import org.almosttls.message.CertificateVerify;
import org.almosttls.message.ClientHello;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.message.ServerKeyExchange;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.PlatformVerifier;
import org.almosttls.testkit.PostQuantum;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestIdentity;
import org.almosttls.testkit.Tls13;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** draft-ietf-tls-mldsa: who is who, by signatures that a quantum computer does not forge. */
class MlDsaTest {

    private static final SignatureScheme[] ALL = {
        SignatureScheme.ECDSA_SECP256R1_SHA256,
        SignatureScheme.RSA_PSS_RSAE_SHA256,
        SignatureScheme.MLDSA65,
        SignatureScheme.MLDSA87,
        SignatureScheme.MLDSA44
    };

    /** The platform, with CAs that sign by it too. */
    private static final Supplier<PlatformVerifier> VERIFIER = () -> new PlatformVerifier(Stream.concat(
                    Stream.of(TestCertificates.ca()),
                    schemes().map(scheme -> PostQuantum.authority(scheme).certificate()))
            .toArray(X509Certificate[]::new));

    static Stream<SignatureScheme> schemes() {
        return PostQuantum.SCHEMES.stream();
    }

    private static TestConfig taking(TestConfig end) {
        var judged = end.schemes(ALL).with("certificateSchemes", Arrays.asList(ALL));
        return PostQuantum.isThere() ? judged.with("peerVerifier", VERIFIER.get()) : judged;
    }

    private static StatePair pair(TestIdentity server) throws Exception {
        return new StatePair(
                taking(Tls13.client()).build(), taking(Tls13.server(server)).build());
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void bothEndsProveThemselvesByIt(SignatureScheme scheme) throws Exception {
        assumeTrue(PostQuantum.isThere());
        var pair = new StatePair(
                        taking(Tls13.client(PostQuantum.client(scheme))).build(),
                        taking(Tls13.server(PostQuantum.server(scheme)))
                                .asking(ClientAuthentication.NEED)
                                .build())
                .handshake();
        var seen = pair.client().session().orElseThrow();
        assertEquals(Optional.of(scheme), seen.scheme());
        assertEquals(PostQuantum.server(scheme).chain(), seen.peerChain());
        assertEquals(
                PostQuantum.client(scheme).chain(),
                pair.server().session().orElseThrow().peerChain());
    }

    @Test
    void aServerThatHasBothShowsEachClientWhatItLikesBest() throws Exception {
        assumeTrue(PostQuantum.isThere());
        var server = Tls13.server(PostQuantum.server(SignatureScheme.MLDSA65), TestCertificates.ecServer());
        var modern = new StatePair(
                        taking(Tls13.client())
                                .schemes(SignatureScheme.MLDSA65, SignatureScheme.ECDSA_SECP256R1_SHA256)
                                .build(),
                        taking(server).build())
                .handshake();
        assertEquals(
                Optional.of(SignatureScheme.MLDSA65),
                modern.client().session().orElseThrow().scheme());
        var other = new StatePair(Tls13.client().build(), taking(server).build()).handshake();
        assertEquals(
                Optional.of(SignatureScheme.ECDSA_SECP256R1_SHA256),
                other.client().session().orElseThrow().scheme());
    }

    @Test
    void aSignatureOfAnotherLengthDoesNotVerify() throws Exception {
        assumeTrue(PostQuantum.isThere());
        for (int off : new int[] {-1, 1}) {
            var pair = pair(PostQuantum.server(SignatureScheme.MLDSA65))
                    .changing(
                            CertificateVerify.class,
                            proof -> new CertificateVerify(
                                    proof.scheme(), Arrays.copyOf(proof.signature(), proof.signature().length + off)));
            Expect.violation(Violation.WRONG_SIGNATURE, pair::handshake);
        }
        assertEquals(AlertDescription.DECRYPT_ERROR, Violation.WRONG_SIGNATURE.alert());
    }

    /** FIPS 204 §4: 1952 octets and 3309; the first certificate is none of this server's, but of a key like that. */
    @ParameterizedTest
    @CsvSource({"1951, 3309", "1953, 3309", "0, 3309", "1952, 3308", "1952, 3310", "1952, 0"})
    void nothingVerifiesOfAnotherLength(int ofKey, int ofSignature) throws Exception {
        var certificate = TestCertificates.authority().issue("ML-DSA").of(new Encoded(ofKey));
        byte[] der = certificate.getEncoded();
        var pair = new StatePair(
                Tls13.client().schemes(ALL).build(),
                Tls13.server(TestCertificates.ecServer()).schemes(ALL).build());
        var entry = new CertificateEntry(der, new Extensions(List.of(), true));
        pair.changing(Certificate13.class, shown -> new Certificate13(new byte[0], List.of(entry)))
                .until(HandshakeType.CERTIFICATE_VERIFY)
                .changing(
                        CertificateVerify.class,
                        proof -> new CertificateVerify(SignatureScheme.MLDSA65, new byte[ofSignature]));
        Expect.violation(Violation.WRONG_SIGNATURE, pair::handshake);
    }

    /** RFC 9881 §4: a SubjectPublicKeyInfo of ML-DSA-65 around so many octets. */
    private record Encoded(int length) implements PublicKey {

        @Override
        public String getAlgorithm() {
            return "ML-DSA";
        }

        @Override
        public String getFormat() {
            return "X.509";
        }

        @Override
        public byte[] getEncoded() {
            try {
                var algorithm = new AlgorithmIdentifier(new ASN1ObjectIdentifier("2.16.840.1.101.3.4.3.18"));
                return new SubjectPublicKeyInfo(algorithm, new byte[length]).getEncoded();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void aSignatureIsOverThisHandshake() throws Exception {
        assumeTrue(PostQuantum.isThere());
        var pair = pair(PostQuantum.server(SignatureScheme.MLDSA44)).changing(CertificateVerify.class, proof -> {
            byte[] other = proof.signature().clone();
            other[0] ^= 1;
            return new CertificateVerify(proof.scheme(), other);
        });
        Expect.violation(Violation.WRONG_SIGNATURE, pair::handshake);
    }

    @Test
    void theSchemeIsThatOfTheKey() throws Exception {
        assumeTrue(PostQuantum.isThere());
        var pair = pair(PostQuantum.server(SignatureScheme.MLDSA65))
                .changing(
                        CertificateVerify.class,
                        proof -> new CertificateVerify(SignatureScheme.MLDSA87, proof.signature()));
        Expect.violation(Violation.SCHEME_NOT_OFFERED, pair::handshake);
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void noOtherKeyMakesIt(SignatureScheme scheme) throws Exception {
        var pair = pair(TestCertificates.ecServer())
                .changing(CertificateVerify.class, proof -> new CertificateVerify(scheme, proof.signature()));
        Expect.violation(Violation.SCHEME_NOT_OFFERED, pair::handshake);
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void nothingIsSignedByItBeforeTls13(SignatureScheme scheme) throws Exception {
        var pair = new StatePair(
                        taking(Tls13.too(TestConfig.client())).build(),
                        TestConfig.server(TestCertificates.ecServer()).build())
                .changing(
                        ServerKeyExchange.class,
                        message -> new ServerKeyExchange(message.params(), scheme, message.signature()));
        Expect.violation(Violation.SCHEME_NOT_OFFERED, pair::handshake);
        assertEquals(AlertDescription.ILLEGAL_PARAMETER, Violation.SCHEME_NOT_OFFERED.alert());
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void noClientSignsByItBeforeTls13(SignatureScheme scheme) throws Exception {
        var pair = new StatePair(
                        TestConfig.client(TestCertificates.ecClient()).build(),
                        taking(TestConfig.server(TestCertificates.ecServer()))
                                .asking(ClientAuthentication.NEED)
                                .build())
                .changing(CertificateVerify.class, proof -> new CertificateVerify(scheme, proof.signature()));
        Expect.violation(Violation.SCHEME_NOT_OFFERED, pair::handshake);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isOfferedWithTls13Only(boolean tls13) throws Exception {
        var end = taking(TestConfig.client());
        var pair = new StatePair(
                (tls13 ? Tls13.too(end) : end.versions(ProtocolVersion.TLS_1_2)).build(),
                TestConfig.server(TestCertificates.ecServer()).build());
        var hello = (ClientHello)
                HandshakeDecoder.HELLOS.decode(pair.client().outbox().peek().bytes());
        var offered = hello.extensions().find(SignatureAlgorithms.class).orElseThrow();
        assertEquals(tls13, offered.schemes().contains(SignatureScheme.MLDSA65));
    }

    @Test
    void aServerWhoseOnlyKeyIsOfItSpeaksNothingOlder() throws Exception {
        assumeTrue(PostQuantum.isThere());
        var pair = new StatePair(
                taking(Tls13.too(TestConfig.client()))
                        .versions(ProtocolVersion.TLS_1_2)
                        .build(),
                taking(TestConfig.server(PostQuantum.server(SignatureScheme.MLDSA65)))
                        .build());
        Expect.violation(Violation.NO_CREDENTIAL, pair::handshake);
    }

    @Test
    void thisJvmHasItOrNot() {
        boolean supported = PerOperationBackend.platform().supports(SignatureScheme.MLDSA65);
        assertEquals(PostQuantum.isThere(), supported);
        if (Runtime.version().feature() >= 24) assertTrue(supported);
    }
}
