package org.almosttls.handshake.tls12;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.PeerIdentity;
import org.almosttls.config.PeerVerifier;
import org.almosttls.config.StapleSource;
import org.almosttls.config.Stapling;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.StatusPromise;
import org.almosttls.extension.StatusRequest;
import org.almosttls.extension.UnknownExtension;
import org.almosttls.message.CertificateStatus;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestSessions;
import org.almosttls.testkit.TestVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6066 §8: the status of the server's certificate within the handshake. */
class CertificateStatusTest {

    private static final byte[] RESPONSE = {0x30, 3, 0x0A, 1, 6};

    private final TestVerifier verifier = new TestVerifier();

    private TestConfig client() {
        return TestConfig.client()
                .with("stapling", new Stapling(true, StapleSource.none()))
                .with("peerVerifier", verifier);
    }

    private static TestConfig server() {
        return TestConfig.server(TestCertificates.ecServer(), TestCertificates.rsaServer())
                .with("stapling", new Stapling(false, chain -> Optional.of(RESPONSE)));
    }

    private StatePair pair() throws TlsAlertException {
        return new StatePair(client().build(), server().build());
    }

    static List<UnaryOperator<TestConfig>> kinds() {
        return List.of(
                config -> config.suites(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256),
                config -> config.suites(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA256),
                config ->
                        config.suites(CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA).versions(ProtocolVersion.TLS_1_1));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theServerIsJudgedByItsResponse(UnaryOperator<TestConfig> kind) throws TlsAlertException {
        var pair =
                new StatePair(kind.apply(client()).build(), kind.apply(server()).build());
        pair.handshake();
        var judgedBy = verifier.judged().get(0).facts().statusResponses();
        assertArrayEquals(RESPONSE, judgedBy.get(0));
        assertArrayEquals(
                RESPONSE,
                pair.client().session().orElseThrow().statusResponses().get(0));
        assertTrue(pair.server().session().isPresent());
    }

    @Test
    void itComesRightBehindTheCertificate() throws TlsAlertException {
        var types = typesOf(pair().handshake());
        int certificate = types.indexOf(HandshakeType.CERTIFICATE.code());
        assertEquals(HandshakeType.CERTIFICATE_STATUS.code(), types.get(certificate + 1));
    }

    private static List<Integer> typesOf(StatePair pair) {
        return pair.flown().stream()
                .filter(flying -> !flying.isChangeCipherSpec())
                .map(flying -> (int) flying.bytes()[0])
                .toList();
    }

    /** RFC 6066 §1.1: what belongs to an extension is in the hash of Finished. */
    @Test
    void aResponseThatWasChangedOnTheWayEndsTheHandshake() throws TlsAlertException {
        var pair = pair().changing(
                        CertificateStatus.class, status -> new CertificateStatus(status.statusType(), new byte[] {1}));
        Expect.violation(Violation.WRONG_FINISHED, pair::handshake);
    }

    @Test
    void whoDoesNotAskGetsNone() throws TlsAlertException {
        var pair = new StatePair(client().with("stapling", Stapling.NONE).build(), server().build());
        assertStaplesNothing(pair);
    }

    @Test
    void aServerThatHasNoResponsePromisesNone() throws TlsAlertException {
        var pair = new StatePair(
                client().build(), server().with("stapling", Stapling.NONE).build());
        assertStaplesNothing(pair);
    }

    private void assertStaplesNothing(StatePair pair) throws TlsAlertException {
        pair.changing(ServerHello.class, hello -> {
                    assertEquals(false, hello.extensions().has(ExtensionType.STATUS_REQUEST));
                    return hello;
                })
                .handshake();
        assertEquals(false, typesOf(pair).contains(HandshakeType.CERTIFICATE_STATUS.code()));
        assertEquals(List.of(), verifier.judged().get(0).facts().statusResponses());
        assertTrue(pair.client().session().isPresent());
    }

    /** A kind of status that is not known is asked for in vain; ours would not be what the client wants. */
    @Test
    void aServerPassesOverKindsThatItDoesNotKnow() {
        var other = new UnknownExtension(ExtensionType.STATUS_REQUEST, new byte[] {2, 1, 2, 3});
        Expect.violation(
                Violation.WRONG_FINISHED,
                () -> pair().changing(ClientHello.class, hello -> asking(hello, other))
                        .until(HandshakeType.SERVER_KEY_EXCHANGE)
                        .handshake());
    }

    private static ClientHello asking(ClientHello hello, Extension other) {
        return new ClientHello(
                hello.legacyVersion(),
                hello.random(),
                hello.sessionId(),
                hello.cipherSuites(),
                hello.compressionMethods(),
                Extensions.of(hello.extensions().all().stream()
                        .map(each -> each instanceof StatusRequest ? other : each)
                        .toList()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aServerMayNotKeepItsPromise(UnaryOperator<TestConfig> kind) throws TlsAlertException {
        var pair =
                new StatePair(kind.apply(client()).build(), kind.apply(server()).build());
        pair.until(HandshakeType.CERTIFICATE_STATUS).server().outbox().remove();
        assertEquals(List.of(), verifier.judged());
        pair.deliverNext();
        assertEquals(List.of(), verifier.judged().get(0).facts().statusResponses());
    }

    @Test
    void nothingComesThatWasNotPromised() {
        Expect.violation(
                Violation.UNEXPECTED_MESSAGE,
                () -> pair().changing(ServerHello.class, CertificateStatusTest::promisingNothing)
                        .handshake());
    }

    private static ServerHello promisingNothing(ServerHello hello) {
        return with(
                hello,
                hello.extensions().all().stream()
                        .filter(each -> !(each instanceof StatusPromise))
                        .toList());
    }

    private static ServerHello promising(ServerHello hello) {
        var all = new ArrayList<Extension>(hello.extensions().all());
        all.add(new StatusPromise());
        return with(hello, all);
    }

    private static ServerHello with(ServerHello hello, List<Extension> extensions) {
        return new ServerHello(
                hello.legacyVersion(),
                hello.random(),
                hello.sessionId(),
                hello.cipherSuite(),
                hello.compressionMethod(),
                Extensions.of(extensions));
    }

    @Test
    void nothingIsPromisedThatWasNotAskedFor() {
        Expect.violation(
                Violation.EXTENSION_NOT_OFFERED,
                () -> new StatePair(TestConfig.client().build(), server().build())
                        .changing(ServerHello.class, CertificateStatusTest::promising)
                        .handshake());
    }

    @Test
    void itComesOnce() throws TlsAlertException {
        var pair = pair().until(HandshakeType.CERTIFICATE_STATUS);
        var status = pair.server().outbox().element();
        pair.client().receive(status);
        Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> pair.client().receive(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 255})
    void itIsOfTheKindThatWasAskedFor(int statusType) {
        Expect.violation(
                Violation.STATUS_TYPE_NOT_REQUESTED,
                () -> pair().changing(CertificateStatus.class, it -> new CertificateStatus(statusType, it.response()))
                        .handshake());
    }

    @Test
    void aResponseIsNotEmpty() {
        Expect.violation(
                Violation.MALFORMED_MESSAGE,
                () -> pair().changing(CertificateStatus.class, it -> CertificateStatus.ofOcsp(new byte[0]))
                        .handshake());
    }

    @Test
    void aResponseThatTellsNothingEndsTheHandshake() {
        Expect.violation(
                Violation.CERTIFICATE_STATUS_BAD,
                () -> new StatePair(
                                client().with("peerVerifier", new Undetermined())
                                        .build(),
                                server().build())
                        .handshake());
    }

    private static final class Undetermined extends PeerVerifier {

        @Override
        protected void check(PeerIdentity identity) throws CertificateException {
            throw new CertificateException(new CertPathValidatorException(
                    "undetermined", null, null, -1, BasicReason.UNDETERMINED_REVOCATION_STATUS));
        }

        @Override
        public List<X509Certificate> acceptedIssuers() {
            return List.of();
        }
    }

    /** The session was judged when it began; a resumption says nothing anew. */
    @Test
    void aResumedSessionHasTheResponseOfItsBeginning() throws TlsAlertException {
        var ofClient = new TestSessions();
        var ofServer = new TestSessions();
        var known = client().sessions(ofClient).build();
        var serving = server().sessions(ofServer).build();
        new StatePair(known, serving).handshake();
        var resumed = new StatePair(known, serving).handshake();
        assertEquals(false, typesOf(resumed).contains(HandshakeType.CERTIFICATE.code()));
        assertEquals(false, typesOf(resumed).contains(HandshakeType.CERTIFICATE_STATUS.code()));
        assertArrayEquals(
                RESPONSE,
                resumed.client().session().orElseThrow().statusResponses().get(0));
    }
}
