package org.almosttls.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.almosttls.alert.Violation;
import org.almosttls.config.Clock;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.config.RecordSizes;
import org.almosttls.event.TlsEventListener;
import org.almosttls.extension.HeartbeatMode;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ServerHello;
import org.almosttls.record.PlainProtection;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ContentType;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.RawRecords;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6520: heartbeats, where both ends were asked for them. */
class HeartbeatTest {

    private static final int REQUEST = 1;
    private static final int RESPONSE = 2;
    private static final int PADDING = 16;

    private static TestConfig client(Feature... features) {
        return TestConfig.client()
                .suites(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)
                .requesting(features);
    }

    private static TestConfig server(Feature... features) {
        return TestConfig.server(TestCertificates.ecServer()).requesting(features);
    }

    private static ConnectionPair pair(TestConfig client, TestConfig server) {
        return new ConnectionPair(client.build(), server.build());
    }

    private static ConnectionPair pair() {
        return pair(client(Feature.HEARTBEAT), server(Feature.HEARTBEAT));
    }

    /** A message that claims {@code claimed} octets of payload and has {@code octets} behind that. */
    private static byte[] message(int type, int claimed, int octets) {
        var message = ByteBuffer.allocate(3 + octets).put((byte) type).putShort((short) claimed);
        while (message.hasRemaining()) message.put((byte) message.position());
        return message.array();
    }

    /** What the server answers to this content of a heartbeat record. */
    private static byte[] answer(ConnectionPair pair, RawRecords ofClient, byte[] content) throws Exception {
        pair.server().deliver(ofClient.seal(ContentType.HEARTBEAT, content));
        pair.server().receive();
        return pair.server().flush();
    }

    @Test
    void aRequestIsAnsweredByItsPayloadAndFreshPadding() throws Exception {
        var pair = pair();
        var raw = RawRecords.ofClient(pair);
        byte[] request = message(REQUEST, 100, 100 + 40);
        byte[] answer = raw.open(answer(pair, raw, request));
        assertEquals(3 + 100 + PADDING, answer.length);
        assertArrayEquals(new byte[] {RESPONSE, 0, 100}, Arrays.copyOf(answer, 3));
        assertArrayEquals(Arrays.copyOfRange(request, 3, 103), Arrays.copyOfRange(answer, 3, 103));
        assertFalse(Arrays.equals(Arrays.copyOfRange(request, 103, 119), Arrays.copyOfRange(answer, 103, 119)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, 16384 - 19})
    void aPayloadOfAnyLengthThatFitsIsAnswered(int length) throws Exception {
        var pair = pair();
        var raw = RawRecords.ofClient(pair);
        assertEquals(3 + length + PADDING, raw.open(answer(pair, raw, message(REQUEST, length, length + 16))).length);
    }

    /** RFC 6520 §4: discarded silently; the connection goes on. */
    @Test
    void whatIsNotAMessageIsPassedOver() throws Exception {
        var pair = pair();
        var raw = RawRecords.ofClient(pair);
        for (int octets = 0; octets < 16; octets++)
            assertEquals(0, answer(pair, raw, message(REQUEST, 0, octets)).length);
        assertEquals(0, answer(pair, raw, new byte[0]).length);
        assertEquals(0, answer(pair, raw, new byte[] {REQUEST}).length);
        assertEquals(0, answer(pair, raw, message(99, 4, 20)).length);
        assertEquals(0, answer(pair, raw, message(RESPONSE, 4, 20)).length);
        assertTrue(answer(pair, raw, message(REQUEST, 4, 20)).length > 0);
    }

    @Test
    void whoAsksWithoutReadingFillsNoMemory() throws Exception {
        var pair = pair();
        var raw = RawRecords.ofClient(pair);
        for (int i = 0; i < 100; i++) {
            pair.server().deliver(raw.seal(ContentType.HEARTBEAT, message(REQUEST, 1000, 1016)));
            pair.server().receive();
        }
        assertEquals(3 + 1000 + PADDING, raw.open(pair.server().flush()).length, "one answer");
    }

    @Test
    void eachEndCanAskTheOther() throws Exception {
        var pair = pair();
        pair.handshake();
        for (var ends : new ConnectionPair[] {pair, new ConnectionPair(pair.server(), pair.client())}) {
            assertTrue(ends.client().connection().pulse().ask(16));
            assertFalse(ends.client().connection().pulse().ask(16), "one is on its way");
            ConnectionPair.carry(ends.client(), ends.server(), bytes -> bytes);
            assertTrue(ends.client().connection().pulse().isDue());
            ConnectionPair.carry(ends.server(), ends.client(), bytes -> bytes);
            assertFalse(ends.client().connection().pulse().isDue());
        }
        pair.server().deliver(pair.client().seal(new byte[] {1, 2, 3}));
        pair.server().receive();
        assertArrayEquals(new byte[] {1, 2, 3}, pair.server().data());
    }

    /** RFC 6520 §4: a response with another payload is no answer. */
    @Test
    void onlyTheRightResponseIsASignOfLife() throws Exception {
        var pair = pair();
        var raw = RawRecords.ofClient(pair);
        assertTrue(pair.server().connection().pulse().ask(16));
        byte[] asked = raw.open(pair.server().flush());
        byte[] wrong = asked.clone();
        wrong[0] = RESPONSE;
        wrong[3] ^= 1;
        answer(pair, raw, wrong);
        assertTrue(pair.server().connection().pulse().isDue());
        wrong[3] ^= 1;
        answer(pair, raw, wrong);
        assertFalse(pair.server().connection().pulse().isDue());
    }

    @Test
    void whereNotBothAreAskedToNobodyBeats() throws Exception {
        for (var pair : new ConnectionPair[] {
            pair(client(), server(Feature.HEARTBEAT)), pair(client(Feature.HEARTBEAT), server())
        }) {
            var raw = RawRecords.ofClient(pair);
            assertFalse(pair.client().connection().pulse().ask(16));
            assertFalse(pair.server().connection().pulse().ask(16));
            Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> answer(pair, raw, message(REQUEST, 4, 20)));
        }
    }

    /** RFC 6520 §2: who does not want to be asked is not. */
    @Test
    void aPeerThatForbidsItIsNotAsked() throws Exception {
        var heart = new Heart(byte[]::new, silent());
        heart.agree(true, false);
        var outbound = new Outbound(new PlainProtection(0x0303), silent(), RecordSizes.ANY);
        assertFalse(heart.ask(16, outbound));
        assertFalse(outbound.isPending());
        heart.onRecord(ByteBuffer.wrap(message(REQUEST, 4, 20)), true, outbound);
        assertTrue(outbound.isPending(), "but it can ask");
    }

    private static Reporter silent() {
        return new Reporter(TlsEventListener.none(), Clock.system());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 255})
    void anUnknownModeIsRefusedByEitherEnd(int mode) throws Exception {
        var unknown = Hellos.with(new HeartbeatMode(mode));
        var ofClient = beating().changing(ClientHello.class, hello -> Hellos.extensions(hello, unknown));
        Expect.violation(Violation.HEARTBEAT_MODE_UNKNOWN, ofClient::handshake);
        var ofServer = beating().changing(ServerHello.class, hello -> Hellos.extensions(hello, unknown));
        Expect.violation(Violation.HEARTBEAT_MODE_UNKNOWN, ofServer::handshake);
    }

    private static StatePair beating() throws Exception {
        return new StatePair(
                client(Feature.HEARTBEAT).build(), server(Feature.HEARTBEAT).build());
    }

    /** RFC 6520 §3: requests during a handshake are discarded. */
    @Test
    void nobodyAnswersDuringAHandshake() throws Exception {
        var pair = new ConnectionPair(
                client(Feature.HEARTBEAT).build(), server(Feature.HEARTBEAT).build());
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        pair.server().flush();
        var plain = ByteBuffer.allocate(5 + 39)
                .put((byte) 24)
                .putShort((short) 0x0303)
                .putShort((short) 39)
                .put(message(REQUEST, 20, 36));
        pair.server().deliver(plain.array());
        pair.server().receive();
        assertEquals(0, pair.server().flush().length);
        assertFalse(pair.server().connection().pulse().ask(16));
    }

    /** RFC 6520 §4 has nonsense passed over, but says nothing of tons of it. */
    @Test
    void nonsenseIsPassedOverButNotForEver() throws Exception {
        var pair = pair();
        var raw = RawRecords.ofClient(pair);
        for (int i = 0; i < 32; i++) assertEquals(0, answer(pair, raw, message(REQUEST, 0xFFFF, 20)).length);
        Expect.violation(Violation.TOO_MANY_HEARTBEATS, () -> answer(pair, raw, message(RESPONSE, 4, 20)));
    }

    @Test
    void dataInBetweenLetsItPass() throws Exception {
        var pair = pair();
        var raw = RawRecords.ofClient(pair);
        for (int i = 0; i < 100; i++) {
            assertEquals(0, answer(pair, raw, message(REQUEST, 0xFFFF, 20)).length);
            pair.server().deliver(raw.seal(ContentType.APPLICATION_DATA, new byte[] {1}));
            pair.server().receive();
        }
    }

    /** RFC 6520 §3: once a handshake begins, nobody waits for an answer, which may never come; then one may ask again. */
    @Test
    void aHandshakeEndsTheQuestion() throws Exception {
        var pair = pair(
                client(Feature.HEARTBEAT, Feature.RENEGOTIATION), server(Feature.HEARTBEAT, Feature.RENEGOTIATION));
        pair.handshake();
        assertTrue(pair.client().connection().pulse().ask(16));
        pair.client().connection().renegotiate();
        assertFalse(pair.client().connection().pulse().isDue());
        assertFalse(pair.client().connection().pulse().ask(16), "nothing is asked in a handshake");
        pair.handshake();
        assertTrue(pair.client().connection().pulse().ask(16));
    }

    /** RFC 6520 §2: the decision can be changed by each renegotiation. */
    @Test
    void aHandshakeWithoutHeartbeatsEndsThem() throws Exception {
        var heart = new Heart(byte[]::new, silent());
        var outbound = new Outbound(new PlainProtection(0x0303), silent(), RecordSizes.ANY);
        heart.agree(true, true);
        heart.agree(false, false);
        assertFalse(heart.ask(16, outbound));
        assertFalse(heart.onRecord(ByteBuffer.wrap(message(REQUEST, 4, 20)), false, outbound), "one on its way");
        assertFalse(outbound.isPending());
        Expect.violation(
                Violation.UNEXPECTED_MESSAGE,
                () -> heart.onRecord(ByteBuffer.wrap(message(REQUEST, 4, 20)), true, outbound));
    }

    /** Whatever comes, no more goes back: neither an answer to an answer, nor one that is longer than the question. */
    @Test
    void nobodyCanMakeMoreOfIt() throws Exception {
        var pair = pair();
        pair.handshake();
        assertTrue(pair.client().connection().pulse().ask(16));
        byte[] question = pair.client().flush();
        pair.server().deliver(question);
        pair.server().receive();
        byte[] answer = pair.server().flush();
        assertTrue(answer.length <= question.length);
        pair.client().deliver(answer);
        pair.client().receive();
        assertEquals(0, pair.client().flush().length);
    }

    @Test
    void nobodyIsAskedOnceAnEndHasSaidThatItCloses() throws Exception {
        var pair = pair();
        pair.handshake();
        pair.client().connection().closeOutbound();
        assertFalse(pair.client().connection().pulse().ask(16));
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        assertFalse(pair.server().connection().pulse().ask(16));
    }
}
