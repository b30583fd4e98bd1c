package org.almosttls.handshake.tls12;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.message.CertificateRequest;
import org.almosttls.message.CertificateVerify;
import org.almosttls.message.ClientHello;
import org.almosttls.message.Finished;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.ServerHello;
import org.almosttls.message.ServerKeyExchange;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestSessions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 4346: what is different in TLS 1.1, and that the two versions are told apart by the hellos alone. */
class Tls11Test {

    private static final ProtocolVersion OLD = ProtocolVersion.TLS_1_1;
    private static final ProtocolVersion NEW = ProtocolVersion.TLS_1_2;

    static Stream<CipherSuite> suitesOf11() {
        return Tls12Suite.ALL.stream()
                .filter(suite -> suite.isCbc() && suite.mac() == HashAlgorithm.SHA1)
                .map(Tls12Suite::suite);
    }

    private static TestConfig client(ProtocolVersion... versions) {
        return TestConfig.client(TestCertificates.rsaClient(), TestCertificates.ecClient())
                .versions(versions);
    }

    private static TestConfig server(ProtocolVersion... versions) {
        return TestConfig.server(TestCertificates.rsaServer(), TestCertificates.ecServer())
                .versions(versions);
    }

    private static ConnectionPair handshake(TestConfig client, TestConfig server) throws Exception {
        var pair = new ConnectionPair(client.build(), server.build());
        pair.handshake();
        return pair;
    }

    private static ProtocolVersion agreed(End end) {
        return end.connection().session().orElseThrow().version();
    }

    private static <M extends HandshakeMessage> Optional<M> sent(End by, Class<M> kind) {
        return by.events()
                .all(MessageTransferred.class)
                .filter(event -> event.direction() == Direction.SENT)
                .map(MessageTransferred::message)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }

    @ParameterizedTest
    @MethodSource("suitesOf11")
    void everySuiteOfTheVersionCarriesDataBothWays(CipherSuite suite) throws Exception {
        var pair = handshake(client(OLD).suites(suite), server(OLD).suites(suite));
        assertEquals(OLD, agreed(pair.client()));
        assertEquals(OLD, agreed(pair.server()));
        byte[] order = "Pay 1 euro to Ca".getBytes(StandardCharsets.US_ASCII);
        byte[] record = pair.client().seal(order);
        assertArrayEquals(new byte[] {23, 3, 2}, Arrays.copyOf(record, 3));
        pair.server().deliver(record);
        pair.server().receive();
        assertArrayEquals(order, pair.server().data());
        pair.client().deliver(pair.server().seal(order));
        pair.client().receive();
        assertArrayEquals(order, pair.client().data());
    }

    /** RFC 4346 §7.4.3, §7.4.4, §7.4.8: no scheme is named anywhere. */
    @Test
    void nobodyNamesAScheme() throws Exception {
        var pair = handshake(client(OLD), server(OLD).asking(ClientAuthentication.NEED));
        var hello = sent(pair.client(), ClientHello.class).orElseThrow();
        assertFalse(hello.extensions().find(SignatureAlgorithms.class).isPresent());
        assertEquals(
                SignatureScheme.NOT_SAID,
                sent(pair.server(), ServerKeyExchange.class).orElseThrow().scheme());
        assertEquals(
                List.of(),
                sent(pair.server(), CertificateRequest.class).orElseThrow().schemes());
        assertEquals(
                SignatureScheme.NOT_SAID,
                sent(pair.client(), CertificateVerify.class).orElseThrow().scheme());
        assertEquals(
                TestCertificates.rsaClient().chain(),
                pair.server().connection().session().orElseThrow().peerChain());
    }

    /** RFC 5246 §E.1: the newest that both have. */
    @Test
    void theNewestCommonVersionIsSpoken() throws Exception {
        assertEquals(NEW, agreed(handshake(client(NEW, OLD), server(NEW, OLD)).client()));
        assertEquals(OLD, agreed(handshake(client(NEW, OLD), server(OLD)).client()));
        assertEquals(OLD, agreed(handshake(client(OLD), server(NEW, OLD)).client()));
    }

    @Test
    void endsWithoutACommonVersionSayWhichTheyHave() {
        var pair = new ConnectionPair(client(OLD).build(), server(NEW).build());
        var refusal = Expect.violation(Violation.VERSION_NOT_SUPPORTED, pair::handshake);
        assertTrue(refusal.getMessage().contains("offered up to TLSv1.1, enabled [TLSv1.2]"), refusal.getMessage());
    }

    /** RFC 8446 §4.1.3: with the mark, so that the next test's client would notice. */
    @Test
    void aServerThatCouldDoMoreSaysSoInItsRandom() throws Exception {
        byte[] mark = "DOWNGRD\0".getBytes(StandardCharsets.US_ASCII);
        var marked = handshake(client(OLD), server(NEW, OLD));
        assertArrayEquals(mark, lastOctets(marked));
        assertFalse(Arrays.equals(mark, lastOctets(handshake(client(OLD), server(OLD)))));
        assertFalse(Arrays.equals(mark, lastOctets(handshake(client(NEW, OLD), server(NEW, OLD)))));
    }

    private static byte[] lastOctets(ConnectionPair pair) {
        byte[] random = sent(pair.server(), ServerHello.class).orElseThrow().random();
        return Arrays.copyOfRange(random, 24, 32);
    }

    /** RFC 5288 §4: AEAD cannot be spoken in it, whatever is enabled. */
    @Test
    void suitesOfTheNewerVersionAreNeitherOfferedNorChosen() throws Exception {
        var pair = handshake(client(OLD), server(OLD));
        var offered = sent(pair.client(), ClientHello.class).orElseThrow().cipherSuites();
        assertEquals(suitesOf11().toList(), offered);
        var none = new ConnectionPair(
                client(NEW, OLD)
                        .suites(CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)
                        .build(),
                server(OLD).build());
        Expect.violation(Violation.NO_COMMON_SUITE, none::handshake);
    }

    /** RFC 5246 §7.4.1.4.1: a client of an older version must not send it, and it means nothing. */
    @Test
    void aClientsSchemesMeanNothing() throws Exception {
        var useless = new SignatureAlgorithms(List.of(SignatureScheme.ED448));
        var pair = new StatePair(client(OLD).build(), server(OLD).build())
                .changing(ClientHello.class, hello -> Hellos.extensions(hello, Hellos.plus(useless)));
        Expect.violation(Violation.WRONG_FINISHED, pair::handshake);
    }

    /** RFC 4346 has no EdDSA and no RSASSA-PSS. */
    @Test
    void certificatesOfNewerKindsDoNotServe() {
        for (var identity : List.of(TestCertificates.ed25519Server(), TestCertificates.rsaPssServer())) {
            var server = TestConfig.server(identity).versions(OLD).build();
            var pair = new ConnectionPair(client(OLD).build(), server);
            Expect.violation(Violation.NO_COMMON_SCHEME, pair::handshake);
        }
    }

    @Test
    void aSessionIsResumedInItsOwnVersion() throws Exception {
        var ofClient = new TestSessions();
        var ofServer = new TestSessions();
        handshake(client(OLD).sessions(ofClient), server(OLD).sessions(ofServer));
        var resumed = handshake(client(NEW, OLD).sessions(ofClient), server(OLD).sessions(ofServer));
        assertEquals(OLD, agreed(resumed.client()));
        assertFalse(sent(resumed.server(), ServerKeyExchange.class).isPresent());
        var newer = server(NEW, OLD).with("randomness", new FixedRandomness(3));
        var anew = handshake(client(NEW, OLD).sessions(ofClient), newer.sessions(ofServer));
        assertEquals(NEW, agreed(anew.client()));
        assertTrue(sent(anew.server(), ServerKeyExchange.class).isPresent());
    }

    /** RFC 5246 §7.4.1.3: a server that says the id in another version than the session's. */
    @Test
    void aServerThatResumesInAnotherVersionIsRefused() throws Exception {
        var ofClient = new TestSessions();
        handshake(client(OLD).sessions(ofClient), server(OLD).sessions(new TestSessions()));
        // The same randomness makes the same session id for what is another session.
        var pair = new ConnectionPair(
                client(NEW, OLD).sessions(ofClient).build(),
                server(NEW).sessions(new TestSessions()).build());
        Expect.violation(Violation.RESUMED_WITH_OTHER_VERSION, pair::handshake);
    }

    /** RFC 5288 §4: a client must check that. */
    @Test
    void aServerThatChoosesASuiteOfTheNewerVersionIsRefused() throws Exception {
        var suite = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
        var pair = new StatePair(client(NEW, OLD).build(), server(OLD).build())
                .changing(ServerHello.class, hello -> Hellos.suite(hello, suite));
        Expect.violation(Violation.SUITE_OF_OTHER_VERSION, pair::handshake);
    }

    @Test
    void aServersSignatureThatDoesNotVerifyIsRefused() throws Exception {
        var pair = new StatePair(client(OLD).build(), server(OLD).build())
                .changing(
                        ServerKeyExchange.class,
                        it -> new ServerKeyExchange(it.params(), it.scheme(), spoilt(it.signature())));
        Expect.violation(Violation.WRONG_SIGNATURE, pair::handshake);
    }

    @Test
    void aClientsSignatureThatDoesNotVerifyIsRefused() throws Exception {
        var asking = server(OLD).asking(ClientAuthentication.NEED);
        var pair = new StatePair(client(OLD).build(), asking.build())
                .changing(CertificateVerify.class, it -> new CertificateVerify(it.scheme(), spoilt(it.signature())));
        Expect.violation(Violation.WRONG_SIGNATURE, pair::handshake);
    }

    @Test
    void aFinishedThatDoesNotVerifyIsRefused() throws Exception {
        var pair = new StatePair(client(OLD).build(), server(OLD).build())
                .changing(Finished.class, it -> new Finished(spoilt(it.verifyData())));
        Expect.violation(Violation.WRONG_FINISHED, pair::handshake);
    }

    private static byte[] spoilt(byte[] octets) {
        byte[] spoilt = octets.clone();
        spoilt[spoilt.length - 1] ^= 1;
        return spoilt;
    }
}
