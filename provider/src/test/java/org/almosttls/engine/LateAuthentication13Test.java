package org.almosttls.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.ClientIdentified;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.extension.Extensions;
import org.almosttls.extension.SignatureAlgorithms;
import org.almosttls.handshake.tls13.Certificates;
import org.almosttls.message.Certificate13;
import org.almosttls.message.CertificateRequest13;
import org.almosttls.message.CertificateVerify;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HandshakeMessage;
import org.almosttls.message.KeyUpdate;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.RawTls13;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestIdentity;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8446 §4.6.2: a certificate that is asked for amid data. */
class LateAuthentication13Test {

    private static final CipherSuite SUITE = CipherSuite.TLS_AES_128_GCM_SHA256;
    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
    private static final TestIdentity CLIENT = TestCertificates.ecClient();

    private static ConnectionPair pair(TestConfig client, ClientAuthentication later) throws Exception {
        var server = Tls13.server(TestCertificates.ecServer());
        var pair = new ConnectionPair(
                new End(client.suites(SUITE).build()),
                new End(server.build(), server.asking(later).build()));
        pair.handshake();
        return pair;
    }

    private static ConnectionPair connected(ClientAuthentication later) throws Exception {
        return pair(offering(), later);
    }

    private static ConnectionPair connected() throws Exception {
        return connected(ClientAuthentication.WANT);
    }

    private static TestConfig offering() {
        return Tls13.client(CLIENT).requesting(Feature.POST_HANDSHAKE_AUTH);
    }

    private static boolean ask(ConnectionPair pair) throws Exception {
        return pair.server().connection().inquiry().ask();
    }

    private static List<X509Certificate> peer(ConnectionPair pair) {
        return pair.server().connection().session().orElseThrow().peerChain();
    }

    private static void carry(End from, End to) throws Exception {
        ConnectionPair.carry(from, to, UnaryOperator.identity());
    }

    private static void assertArrives(End from, End to) throws Exception {
        int before = to.data().length;
        to.deliver(from.seal(DATA));
        to.receive();
        assertArrayEquals(DATA, Arrays.copyOfRange(to.data(), before, to.data().length));
    }

    private static <M extends HandshakeMessage> List<M> messages(End end, Direction direction, Class<M> kind) {
        return end.events()
                .all(MessageTransferred.class)
                .filter(event -> event.direction() == direction && kind.isInstance(event.message()))
                .map(event -> kind.cast(event.message()))
                .toList();
    }

    private static long sent(End end, Class<? extends HandshakeMessage> kind) {
        return messages(end, Direction.SENT, kind).size();
    }

    @Test
    void theServerLearnsWhoItsClientIs() throws Exception {
        var pair = connected();
        assertEquals(List.of(), peer(pair));
        assertTrue(pair.server().connection().inquiry().isPossible());
        assertTrue(ask(pair));
        pair.handshake();
        assertEquals(CLIENT.chain(), peer(pair));
        for (var end : List.of(pair.client(), pair.server()))
            assertEquals(1, end.events().all(ClientIdentified.class).count());
        assertEquals(
                CLIENT.chain(),
                pair.client().connection().session().orElseThrow().localChain());
        assertFalse(pair.server().connection().inquiry().isDue());
    }

    @Test
    void octetByOctetItIsTheSame() throws Exception {
        var pair = connected();
        ask(pair);
        for (byte octet : pair.server().flush()) {
            pair.client().deliver(new byte[] {octet});
            pair.client().receive();
        }
        for (byte octet : pair.client().flush()) {
            pair.server().deliver(new byte[] {octet});
            pair.server().receive();
        }
        assertEquals(CLIENT.chain(), peer(pair));
    }

    @Test
    void dataGoesOnToFlowBothWays() throws Exception {
        var pair = connected();
        ask(pair);
        byte[] request = pair.server().flush();
        assertArrives(pair.client(), pair.server());
        pair.client().deliver(request);
        assertArrives(pair.server(), pair.client());
        assertArrives(pair.client(), pair.server());
        pair.handshake();
        assertEquals(CLIENT.chain(), peer(pair));
        assertArrives(pair.client(), pair.server());
        assertArrives(pair.server(), pair.client());
    }

    /** The user may have to be asked, which takes as long as it takes. */
    @Test
    void dataComesWhileTheCertificateIsBeingChosen() throws Exception {
        var pair = connected();
        ask(pair);
        var choice = handedOut(pair);
        assertEquals(ConnectionStatus.READY, pair.client().connection().status());
        assertArrives(pair.server(), pair.client());
        assertArrives(pair.client(), pair.server());
        choice.run();
        assertEquals(ConnectionStatus.NEED_SEND, pair.client().connection().status());
        pair.handshake();
        assertEquals(CLIENT.chain(), peer(pair));
    }

    private static Runnable handedOut(ConnectionPair pair) throws Exception {
        var room = new ByteBuffer[] {ByteBuffer.allocate(1 << 15)};
        var network = ByteBuffer.wrap(pair.server().flush());
        pair.client().connection().receive(network, room, 0, 1);
        assertEquals(ConnectionStatus.NEED_TASK, pair.client().connection().status());
        return pair.client().connection().nextTask().orElseThrow();
    }

    /** What follows a KeyUpdate cannot be read before that is. */
    @Test
    void newKeysWaitUntilTheCertificateIsChosen() throws Exception {
        var pair = connected(ClientAuthentication.NONE);
        ask(pair);
        var choice = handedOut(pair);
        pair.server().connection().renegotiate();
        pair.client().deliver(pair.server().flush());
        pair.client().deliver(pair.server().seal(DATA));
        pair.client().receive();
        assertArrayEquals(new byte[0], pair.client().data());
        assertEquals(ConnectionStatus.NEED_TASK, pair.client().connection().status());
        choice.run();
        pair.client().receive();
        assertArrayEquals(DATA, pair.client().data());
        pair.handshake();
        assertEquals(CLIENT.chain(), peer(pair));
        assertEquals(1, sent(pair.client(), KeyUpdate.class));
    }

    @Test
    void severalRequestsAreAnsweredEachByItself() throws Exception {
        var pair = connected();
        var raw = RawTls13.under("SERVER_TRAFFIC_SECRET_0", pair.client(), SUITE);
        var schemes = new SignatureAlgorithms(List.of(SignatureScheme.ECDSA_SECP256R1_SHA256));
        var all = new ByteArrayOutputStream();
        for (byte context = 1; context <= 3; context++)
            all.writeBytes(
                    EncodedMessage.of(new CertificateRequest13(new byte[] {context}, Extensions.of(List.of(schemes))))
                            .bytes());
        pair.client().deliver(raw.seal(ContentType.HANDSHAKE, all.toByteArray()));
        pair.client().receive();
        pair.client().flush();
        var answers = messages(pair.client(), Direction.SENT, Certificate13.class);
        assertEquals(
                List.of(1, 2, 3),
                answers.stream().map(answer -> (int) answer.requestContext()[0]).toList());
        assertTrue(answers.stream().noneMatch(answer -> answer.entries().isEmpty()));
        assertEquals(3, sent(pair.client(), CertificateVerify.class));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void finishedIsMadeWithTheKeysOfTheMoment(boolean amid) throws Exception {
        var pair = connected();
        for (int i = 0; i < 3; i++) {
            if (amid) ask(pair);
            pair.client().connection().renegotiate();
            carry(pair.client(), pair.server());
            if (!amid) ask(pair);
            pair.handshake();
            assertEquals(CLIENT.chain(), peer(pair));
            assertArrives(pair.client(), pair.server());
            assertArrives(pair.server(), pair.client());
        }
        assertEquals(3, sent(pair.client(), KeyUpdate.class));
    }

    @Test
    void whoAsksTwiceIsAnsweredOnce() throws Exception {
        var pair = connected();
        assertTrue(ask(pair));
        assertFalse(pair.server().connection().inquiry().isPossible());
        assertTrue(ask(pair));
        pair.handshake();
        assertEquals(1, sent(pair.server(), CertificateRequest13.class));
        assertTrue(ask(pair));
        pair.handshake();
        assertEquals(2, sent(pair.server(), CertificateRequest13.class));
    }

    @Test
    void aClientThatIsAskedNowAndThenIsNoFlood() throws Exception {
        var pair = connected();
        for (int i = 0; i < 16; i++) {
            ask(pair);
            pair.handshake();
        }
        assertEquals(CLIENT.chain(), peer(pair));
    }

    @Test
    void whoHasNotOfferedItIsNotAsked() throws Exception {
        var pair = pair(Tls13.client(CLIENT), ClientAuthentication.NEED);
        assertFalse(pair.server().connection().inquiry().isPossible());
        assertFalse(ask(pair));
        assertArrayEquals(new byte[0], pair.server().flush());
        assertFalse(pair.client().connection().inquiry().ask());
    }

    @ParameterizedTest
    @EnumSource(names = {"WANT", "NEED"})
    void anotherHandshakeOfAServerThatWantsToKnowIsThis(ClientAuthentication later) throws Exception {
        var pair = connected(later);
        assertTrue(pair.server().connection().takeFinished());
        pair.server().connection().renegotiate();
        assertEquals(0, sent(pair.server(), KeyUpdate.class));
        carry(pair.server(), pair.client());
        assertTrue(pair.server().connection().isHandshaking());
        assertEquals(ConnectionStatus.NEED_RECEIVE, pair.server().connection().status());
        assertArrives(pair.server(), pair.client());
        pair.handshake();
        assertTrue(pair.server().connection().takeFinished());
        assertFalse(pair.server().connection().takeFinished());
        assertFalse(pair.server().connection().isHandshaking());
        assertEquals(CLIENT.chain(), peer(pair));
        pair.server().connection().renegotiate();
        assertEquals(1, sent(pair.server(), KeyUpdate.class));
    }

    @Test
    void anotherHandshakeOfAServerThatDoesNotIsNewKeys() throws Exception {
        for (var pair :
                List.of(connected(ClientAuthentication.NONE), pair(Tls13.client(CLIENT), ClientAuthentication.NEED))) {
            pair.server().connection().renegotiate();
            assertEquals(1, sent(pair.server(), KeyUpdate.class));
            assertEquals(0, sent(pair.server(), CertificateRequest13.class));
            assertFalse(pair.server().connection().isHandshaking());
        }
    }

    @Test
    void anAnswerThatIsDueIsWaitedForByWhoWantsAHandshake() throws Exception {
        var pair = connected();
        ask(pair);
        assertFalse(pair.server().connection().isHandshaking());
        pair.server().connection().renegotiate();
        assertTrue(pair.server().connection().isHandshaking());
        pair.handshake();
        assertFalse(pair.server().connection().isHandshaking());
        assertEquals(1, sent(pair.server(), CertificateRequest13.class));
    }

    /** The server has asked, and the client's messages are the test's. */
    private static RawTls13 rawAnswer(ConnectionPair pair) throws Exception {
        ask(pair);
        pair.client().deliver(pair.server().flush());
        pair.client().receive();
        return RawTls13.under("CLIENT_TRAFFIC_SECRET_0", pair.server(), SUITE);
    }

    private static byte[] context(ConnectionPair pair) {
        return messages(pair.client(), Direction.RECEIVED, CertificateRequest13.class)
                .get(0)
                .requestContext();
    }

    @Test
    void noDataComesAmidAnAnswer() throws Exception {
        var pair = connected();
        var raw = rawAnswer(pair);
        pair.server().deliver(raw.seal(Certificates.none(context(pair))));
        pair.server().receive();
        pair.server().deliver(raw.seal(ContentType.APPLICATION_DATA, (byte) 1));
        Expect.violation(Violation.DATA_BEFORE_FINISHED, pair.server()::receive);
    }

    @Test
    void aServerThatNeedsACertificateSaysSo() throws Exception {
        var pair = connected(ClientAuthentication.NEED);
        var raw = rawAnswer(pair);
        pair.server().deliver(raw.seal(Certificates.none(context(pair))));
        Expect.violation(Violation.CERTIFICATE_REQUIRED, pair.server()::receive);
        pair.client().deliver(pair.server().flush());
        var heard = assertThrows(PeerAlertException.class, pair.client()::receive);
        assertEquals(AlertDescription.CERTIFICATE_REQUIRED, heard.description());
    }

    @Test
    void aCertificateThatIsRefusedEndsTheConnection() throws Exception {
        var stranger = Tls13.client(TestCertificates.unknownCaClient()).requesting(Feature.POST_HANDSHAKE_AUTH);
        var pair = pair(stranger, ClientAuthentication.WANT);
        ask(pair);
        carry(pair.server(), pair.client());
        pair.server().deliver(pair.client().flush());
        Expect.violation(Violation.CERTIFICATE_REFUSED, pair.server()::receive);
        pair.client().deliver(pair.server().flush());
        var heard = assertThrows(PeerAlertException.class, pair.client()::receive);
        assertEquals(AlertDescription.CERTIFICATE_UNKNOWN, heard.description());
        assertEquals(ConnectionStatus.CLOSED, pair.server().connection().status());
    }

    @Test
    void whoSaysNoMoreIsNotAsked() throws Exception {
        var pair = connected();
        pair.client().connection().closeOutbound();
        carry(pair.client(), pair.server());
        assertFalse(pair.server().connection().inquiry().isPossible());
        assertFalse(ask(pair));
        assertArrives(pair.server(), pair.client());
    }

    @Test
    void nobodyWaitsForAnAnswerOfWhoSaysNoMore() throws Exception {
        var pair = connected();
        pair.server().connection().renegotiate();
        byte[] request = pair.server().flush();
        pair.client().connection().closeOutbound();
        carry(pair.client(), pair.server());
        assertFalse(pair.server().connection().inquiry().isDue());
        assertFalse(pair.server().connection().isHandshaking());
        pair.client().deliver(request);
        assertArrives(pair.server(), pair.client());
        assertArrayEquals(new byte[0], pair.client().flush());
    }

    @Test
    void whoSendsNoMoreDoesNotAsk() throws Exception {
        var pair = connected();
        pair.server().connection().closeOutbound();
        pair.server().flush();
        assertFalse(pair.server().connection().inquiry().isPossible());
        assertFalse(ask(pair));
    }

    @Test
    void aServerThatClosesAmidAnAnswerIsNotWaitedFor() throws Exception {
        var pair = connected();
        ask(pair);
        var choice = handedOut(pair);
        pair.server().connection().closeOutbound();
        carry(pair.server(), pair.client());
        choice.run();
        assertArrives(pair.client(), pair.server());
        assertEquals(Optional.empty(), pair.client().connection().nextTask());
    }
}
