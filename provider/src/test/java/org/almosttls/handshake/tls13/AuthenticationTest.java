package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.StapleSource;
import org.almosttls.config.Stapling;
import org.almosttls.extension.CertificateAuthorities;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.StatusResponse;
import org.almosttls.message.Certificate13;
import org.almosttls.message.CertificateEntry;
import org.almosttls.message.CertificateRequest13;
import org.almosttls.message.CertificateVerify;
import org.almosttls.message.Finished;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.almosttls.testkit.Tls13;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each end refuses of the other's proof of who it is. */
class AuthenticationTest {

    private static StatePair pair(ClientAuthentication asking, TestIdentity... client) throws Exception {
        return new StatePair(
                Tls13.client(client).build(),
                Tls13.server(TestCertificates.ecServer()).asking(asking).build());
    }

    private static StatePair serverOnly() throws Exception {
        return pair(ClientAuthentication.NONE);
    }

    private static StatePair mutual() throws Exception {
        return pair(ClientAuthentication.NEED, TestCertificates.rsaClient());
    }

    @Test
    void aServerShowsACertificate() throws Exception {
        var pair = serverOnly().changing(Certificate13.class, message -> Certificates.none(Certificates.NO_CONTEXT));
        Expect.violation(Violation.CERTIFICATE_LIST_EMPTY, pair::handshake);
    }

    @Test
    void aClientShowsACertificateWhereItMust() throws Exception {
        var pair = pair(ClientAuthentication.NEED);
        Expect.violation(Violation.CERTIFICATE_REQUIRED, pair::handshake);
        assertEquals(AlertDescription.CERTIFICATE_REQUIRED, Violation.CERTIFICATE_REQUIRED.alert());
    }

    @Test
    void thereIsNoContextDuringAHandshake() throws Exception {
        var pair = serverOnly()
                .changing(Certificate13.class, message -> new Certificate13(new byte[1], message.entries()));
        Expect.violation(Violation.CERTIFICATE_CONTEXT_WRONG, pair::handshake);
        var request = mutual().changing(
                        CertificateRequest13.class,
                        message -> new CertificateRequest13(new byte[1], message.extensions()));
        Expect.violation(Violation.CERTIFICATE_CONTEXT_WRONG, request::handshake);
    }

    @Test
    void aRequestSaysWhatItVerifies() throws Exception {
        var pair = mutual().changing(
                        CertificateRequest13.class,
                        message -> new CertificateRequest13(
                                new byte[0],
                                Extensions.of(List.of(new CertificateAuthorities(List.of(new byte[] {0x30, 0}))))));
        Expect.violation(Violation.EXTENSION_MISSING, pair::handshake);
    }

    @Test
    void namesOfAuthoritiesAreNames() throws Exception {
        var pair = mutual().changing(
                        CertificateRequest13.class,
                        message -> new CertificateRequest13(
                                new byte[0],
                                Extensions.of(List.of(
                                        new SignatureAlgorithms(List.of(SignatureScheme.ED25519)),
                                        new CertificateAuthorities(List.of(new byte[] {0x31}))))));
        Expect.violation(Violation.MALFORMED_MESSAGE, pair::handshake);
    }

    @Test
    void nothingUnaskedIsSaidOfACertificate() throws Exception {
        var pair = serverOnly()
                .changing(Certificate13.class, message -> said(message, StatusResponse.ofOcsp(new byte[1])));
        Expect.violation(Violation.EXTENSION_NOT_OFFERED, pair::handshake);
    }

    @Test
    void statusIsOfTheKindThatWasAskedFor() throws Exception {
        var pair = new StatePair(
                        Tls13.client()
                                .with("stapling", new Stapling(true, StapleSource.none()))
                                .build(),
                        Tls13.server(TestCertificates.ecServer()).build())
                .changing(Certificate13.class, message -> said(message, new StatusResponse(9, new byte[1])));
        Expect.violation(Violation.STATUS_TYPE_NOT_REQUESTED, pair::handshake);
    }

    @Test
    void nothingIsSaidTwiceOfACertificate() throws Exception {
        var once = StatusResponse.ofOcsp(new byte[1]);
        var pair = serverOnly().changing(Certificate13.class, message -> said(message, once, once));
        Expect.violation(Violation.DUPLICATE_EXTENSION, pair::handshake);
    }

    /** RFC 8446 §4.4.2.2, §4.4.2.3. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKeyThatMayNotSignProvesNothing(boolean ofServer) throws Exception {
        var enciphering = TestCertificates.rsaServer(KeyUsage.keyEncipherment);
        var shown = Certificates.encode(enciphering.credential(), Optional.empty());
        var pair = (ofServer ? serverOnly() : onlyTheClients()).changing(Certificate13.class, any -> shown);
        Expect.violation(Violation.CERTIFICATE_KEY_UNFIT, pair::handshake);
    }

    /** The server's certificate is there already. */
    private static StatePair onlyTheClients() throws Exception {
        var pair = mutual().until(HandshakeType.CERTIFICATE);
        while (pair.client().outbox().isEmpty()) pair.deliverNext();
        return pair;
    }

    private static Certificate13 said(Certificate13 message, Extension... extensions) {
        var entry = new CertificateEntry(message.chain().get(0), Extensions.of(List.of(extensions)));
        return new Certificate13(new byte[0], List.of(entry));
    }

    static Stream<SignatureScheme> unfit() {
        return Stream.of(
                SignatureScheme.RSA_PKCS1_SHA256,
                SignatureScheme.ECDSA_SECP384R1_SHA384,
                SignatureScheme.ECDSA_SHA1,
                SignatureScheme.ED25519,
                SignatureScheme.RSA_PSS_RSAE_SHA256,
                SignatureScheme.RSA_PSS_RSAE_SHA512);
    }

    /** The key of the certificate is on P-256: ECDSA's scheme of another curve is not one that it can make. */
    @ParameterizedTest
    @MethodSource("unfit")
    void serversProveByASchemeThatWasOfferedAndThatTheirKeyHas(SignatureScheme scheme) throws Exception {
        var pair = serverOnly()
                .changing(CertificateVerify.class, message -> new CertificateVerify(scheme, message.signature()));
        Expect.violation(Violation.SCHEME_NOT_OFFERED, pair::handshake);
    }

    static Stream<SignatureScheme> ofTls12() {
        return Stream.of(
                SignatureScheme.RSA_PKCS1_SHA256,
                SignatureScheme.RSA_PKCS1_SHA384,
                SignatureScheme.RSA_PKCS1_SHA1,
                SignatureScheme.RSA_PSS_PSS_SHA256);
    }

    @ParameterizedTest
    @MethodSource("ofTls12")
    void clientsProveByNothingThatIsForCertificatesOnly(SignatureScheme scheme) throws Exception {
        var pair = mutual().until(HandshakeType.FINISHED);
        while (pair.client().outbox().stream()
                .noneMatch(next -> isType(next.bytes(), HandshakeType.CERTIFICATE_VERIFY))) pair.deliverNext();
        pair.changing(CertificateVerify.class, message -> new CertificateVerify(scheme, message.signature()));
        Expect.violation(Violation.SCHEME_NOT_OFFERED, pair::handshake);
    }

    private static boolean isType(byte[] bytes, HandshakeType type) {
        return bytes.length > 0 && bytes[0] == type.code();
    }

    @Test
    void aSignatureIsOverThisHandshake() throws Exception {
        var pair = serverOnly().changing(CertificateVerify.class, message -> {
            var other = message.signature().clone();
            other[other.length - 1] ^= 1;
            return new CertificateVerify(message.scheme(), other);
        });
        Expect.violation(Violation.WRONG_SIGNATURE, pair::handshake);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void finishedIsOverThisHandshake(boolean ofServer) throws Exception {
        var pair = serverOnly();
        if (!ofServer) while (pair.client().session().isEmpty()) pair.deliverNext();
        pair.changing(Finished.class, message -> new Finished(new byte[message.verifyData().length]));
        Expect.violation(Violation.WRONG_FINISHED, pair::handshake);
    }

    @Test
    void nothingWeakIsOfferedForProofs() throws Exception {
        var pair = new StatePair(
                Tls13.client()
                        .schemes(SignatureScheme.RSA_PKCS1_SHA256, SignatureScheme.RSA_PSS_RSAE_SHA256)
                        .build(),
                Tls13.server(TestCertificates.rsaServer()).build());
        pair.handshake();
        assertEquals(
                Optional.of(SignatureScheme.RSA_PSS_RSAE_SHA256),
                pair.client().session().orElseThrow().scheme());
    }
}
