package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.extension.CertificateAuthorities;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.extension.StatusResponse;
import org.almosttls.message.Certificate13;
import org.almosttls.message.CertificateEntry;
import org.almosttls.message.CertificateRequest13;
import org.almosttls.message.CertificateVerify;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.Finished;
import org.almosttls.message.HandshakeDecoder;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.KeyUpdate;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.MovableClock;
import org.almosttls.testkit.StateEnd;
import org.almosttls.testkit.StateEnd.Flying;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestIdentity;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8446 §4.6.2: what each end refuses when a server asks, after the handshake, who its client is. */
class LateViolationsTest {

    private static final TestIdentity CLIENT = TestCertificates.rsaClient();

    /** Also for the signatures in the client's chain. */
    private static final SignatureAlgorithms SCHEMES = new SignatureAlgorithms(List.of(
            SignatureScheme.RSA_PSS_RSAE_SHA256,
            SignatureScheme.ECDSA_SECP256R1_SHA256,
            SignatureScheme.RSA_PKCS1_SHA256));

    private final MovableClock clock = new MovableClock();

    private StatePair pair(ClientAuthentication asking, TestIdentity... client) throws Exception {
        return pair(Tls13.client(client).requesting(Feature.POST_HANDSHAKE_AUTH), asking);
    }

    private StatePair pair(TestConfig client, ClientAuthentication asking) throws Exception {
        return new StatePair(
                client.with("clock", clock).build(),
                Tls13.server(TestCertificates.ecServer()).asking(asking).build());
    }

    private StatePair pair() throws Exception {
        return pair(ClientAuthentication.NONE, CLIENT).handshake();
    }

    /** The server has asked, and the client has answered all of it. */
    private StatePair asked() throws Exception {
        var pair = pair();
        pair.server().ask();
        return pair.until(HandshakeType.CERTIFICATE);
    }

    private static Flying flying(HandshakeMessage message) {
        return new Flying(EncodedMessage.of(message).bytes());
    }

    private static CertificateRequest13 request(int context) {
        return new CertificateRequest13(new byte[] {(byte) context}, Extensions.of(List.of(SCHEMES)));
    }

    private static void receives(StateEnd end, HandshakeMessage message) throws Exception {
        end.receive(flying(message));
    }

    @Test
    void aClientThatHasNotOfferedItIsNotToBeAsked() throws Exception {
        var pair = pair(Tls13.client(CLIENT), ClientAuthentication.NONE).handshake();
        Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> receives(pair.client(), request(1)));
    }

    /** RFC 8740 §3. */
    @Test
    void aClientThatSpeaksHttp2IsNotToBeAsked() throws Exception {
        var pair = new StatePair(
                        Tls13.client(CLIENT)
                                .requesting(Feature.POST_HANDSHAKE_AUTH)
                                .applicationProtocols("h2", "http/1.1")
                                .build(),
                        Tls13.server(TestCertificates.ecServer())
                                .applicationProtocols("h2")
                                .build())
                .handshake();
        Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> receives(pair.client(), request(1)));
    }

    @Test
    void aServerIsNotAsked() throws Exception {
        Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> receives(pair().server(), request(1)));
    }

    @Test
    void aContextIsNotUsedTwice() throws Exception {
        var client = pair().client();
        for (int i = 0; i < 8; i++) receives(client, request(i));
        assertEquals(8 * 3, client.outbox().size());
        Expect.violation(Violation.CERTIFICATE_CONTEXT_REPEATED, () -> receives(client, request(3)));
    }

    @Test
    void theContextOfTheHandshakeIsUsedToo() throws Exception {
        var none = new CertificateRequest13(new byte[0], request(0).extensions());
        var client = pair(ClientAuthentication.WANT, CLIENT).handshake().client();
        Expect.violation(Violation.CERTIFICATE_CONTEXT_REPEATED, () -> receives(client, none));
        receives(pair().client(), none);
    }

    @Test
    void aClientIsNotAskedWithoutEnd() throws Exception {
        var client = pair().client();
        for (int i = 0; i < 16; i++) receives(client, request(i));
        Expect.violation(Violation.TOO_MANY_CERTIFICATE_REQUESTS, () -> receives(client, request(16)));
        clock.pass(Duration.ofMinutes(2));
        receives(client, request(17));
    }

    @Test
    void aRequestSaysWhatTheServerVerifies() throws Exception {
        var silent = new CertificateRequest13(
                new byte[] {1}, Extensions.of(List.of(new CertificateAuthorities(List.of(new byte[] {0x30, 0})))));
        Expect.violation(Violation.EXTENSION_MISSING, () -> receives(pair().client(), silent));
        var said = new SignatureAlgorithms(List.of(SignatureScheme.ED25519));
        var twice = new CertificateRequest13(new byte[] {1}, Extensions.of(List.of(said, said)));
        Expect.violation(Violation.DUPLICATE_EXTENSION, () -> receives(pair().client(), twice));
    }

    @Test
    void aCertificateThatNobodyAskedForIsRefused() throws Exception {
        var unasked = Certificates.none(new byte[] {1});
        Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> receives(pair().server(), unasked));
        var unoffered = pair(Tls13.client(CLIENT), ClientAuthentication.WANT)
                .handshake()
                .server();
        Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> receives(unoffered, unasked));
    }

    @Test
    void anAnswerIsGivenOnce() throws Exception {
        var pair = asked();
        var answer = pair.client().outbox().peek();
        pair.handshake();
        Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> pair.server().receive(answer));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 33})
    void anAnswerHasTheContextOfTheRequest(int length) throws Exception {
        var pair = asked().changing(
                        Certificate13.class, message -> new Certificate13(new byte[length], message.entries()));
        Expect.violation(Violation.CERTIFICATE_CONTEXT_WRONG, pair::handshake);
    }

    @Test
    void anAnswerOfAnotherConnectionIsNoAnswer() throws Exception {
        var pair = asked();
        Expect.violation(
                Violation.CERTIFICATE_CONTEXT_WRONG,
                () -> asked().server()
                        .receive(
                                new Flying(flipped(pair.client().outbox().peek().bytes()))));
    }

    /** The first octet of the context, behind the header and its length. */
    private static byte[] flipped(byte[] certificate) {
        byte[] other = certificate.clone();
        other[5] ^= 1;
        return other;
    }

    @Test
    void nothingIsSaidOfACertificateThatWasNotAskedFor() throws Exception {
        var pair = asked().changing(
                        Certificate13.class,
                        message -> new Certificate13(
                                message.requestContext(),
                                List.of(new CertificateEntry(
                                        message.chain().get(0),
                                        Extensions.of(List.of(StatusResponse.ofOcsp(new byte[1])))))));
        Expect.violation(Violation.EXTENSION_NOT_OFFERED, pair::handshake);
    }

    static Stream<HandshakeMessage> inBetween() {
        return Stream.of(new KeyUpdate(false), Certificates.none(new byte[1]), request(1));
    }

    @ParameterizedTest
    @MethodSource("inBetween")
    void theMessagesOfAnAnswerComeOneBehindTheOther(HandshakeMessage other) throws Exception {
        var certificate = asked();
        certificate.deliverNext();
        Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> receives(certificate.server(), other));
        var proof = asked();
        proof.deliverNext();
        proof.deliverNext();
        Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> receives(proof.server(), other));
    }

    @Test
    void aCertificateIsNothingWithoutItsProof() throws Exception {
        var pair = asked();
        pair.deliverNext();
        pair.client().outbox().remove();
        Expect.violation(Violation.UNEXPECTED_MESSAGE, pair::handshake);
    }

    @Test
    void whoShowsNoCertificateProvesNone() throws Exception {
        var pair = pair(ClientAuthentication.WANT).handshake();
        pair.server().ask();
        pair.until(HandshakeType.CERTIFICATE).deliverNext();
        var proof = new CertificateVerify(SignatureScheme.RSA_PSS_RSAE_SHA256, new byte[256]);
        Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> receives(pair.server(), proof));
    }

    @Test
    void aCertificateIsShownWhereItMustBe() throws Exception {
        var pair = pair(ClientAuthentication.NONE).handshake();
        var needing = pair(ClientAuthentication.NEED, CLIENT).handshake();
        needing.server().ask();
        needing.until(HandshakeType.CERTIFICATE)
                .changing(Certificate13.class, message -> Certificates.none(message.requestContext()));
        Expect.violation(Violation.CERTIFICATE_REQUIRED, needing::handshake);
        pair.server().ask();
        pair.handshake();
    }

    @Test
    void aCertificateOfAnUnknownIssuerIsRefused() throws Exception {
        var pair = asked().changing(
                        Certificate13.class,
                        message -> Certificates.encode(
                                TestCertificates.unknownCaClient().credential(), message.requestContext()));
        Expect.violation(Violation.CERTIFICATE_REFUSED, pair::handshake);
    }

    @Test
    void aSignatureIsOverThisRequest() throws Exception {
        var pair = asked().changing(CertificateVerify.class, message -> {
            byte[] other = message.signature().clone();
            other[0] ^= 1;
            return new CertificateVerify(message.scheme(), other);
        });
        Expect.violation(Violation.WRONG_SIGNATURE, pair::handshake);
    }

    @Test
    void aSchemeIsOneOfTheRequest() throws Exception {
        var pair = asked().changing(
                        CertificateVerify.class,
                        message -> new CertificateVerify(SignatureScheme.RSA_PKCS1_SHA256, message.signature()));
        Expect.violation(Violation.SCHEME_NOT_OFFERED, pair::handshake);
    }

    @Test
    void finishedIsOverThisRequest() throws Exception {
        var pair = asked().changing(Finished.class, message -> new Finished(new byte[message.verifyData().length]));
        Expect.violation(Violation.WRONG_FINISHED, pair::handshake);
        assertEquals(AlertDescription.DECRYPT_ERROR, Violation.WRONG_FINISHED.alert());
    }

    /** The request that the client has seen is not the one that the server has made. */
    @Test
    void aRequestThatWasChangedIsNoticed() throws Exception {
        var pair = pair();
        pair.server().ask();
        var meant = (CertificateRequest13)
                HandshakeDecoder.TLS_1_3.decode(pair.server().outbox().peek().bytes());
        pair.changing(
                CertificateRequest13.class,
                message -> new CertificateRequest13(
                        meant.requestContext(), request(0).extensions()));
        Expect.violation(Violation.WRONG_SIGNATURE, pair::handshake);
    }
}
