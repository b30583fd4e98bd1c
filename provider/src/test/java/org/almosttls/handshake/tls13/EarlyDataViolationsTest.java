package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.almosttls.alert.Violation;
import org.almosttls.config.EarlyTerms;
import org.almosttls.extension.EarlyData;
import org.almosttls.extension.Extension;
import org.almosttls.extension.Extensions;
import org.almosttls.handshake.Received;
import org.almosttls.message.EncryptedExtensions;
import org.almosttls.message.EndOfEarlyData;
import org.almosttls.message.Finished;
import org.almosttls.message.KeyUpdate;
import org.almosttls.message.ServerHello;
import org.almosttls.record.HandshakeReassembler;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.HandshakeType;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.RawTls13;
import org.almosttls.testkit.Samples13;
import org.almosttls.testkit.StatePair;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each end must not put up with where early data comes (RFC 8446 §4.2.10, §4.5). */
class EarlyDataViolationsTest extends EarlyMeeting {

    /** The client's hello is delivered, and its data; what else it says is ours. */
    private RawTls13 taking(ConnectionPair pair) throws Exception {
        pair.server().deliver(pair.client().flush());
        pair.server().receive();
        pair.server().flush();
        var raw = RawTls13.under("CLIENT_EARLY_TRAFFIC_SECRET", pair.client(), SUITE);
        raw.seal(ContentType.APPLICATION_DATA, EARLY);
        return raw;
    }

    private static void expect(Violation violation, ConnectionPair pair, byte[]... records) {
        for (byte[] record : records) pair.server().deliver(record);
        Expect.violation(violation, pair.server()::receive);
    }

    @Test
    void noMoreComesThanTheTicketPermits() throws Exception {
        var pair = again();
        var raw = taking(pair);
        pair.server().deliver(raw.seal(ContentType.APPLICATION_DATA, new byte[MOST - EARLY.length]));
        pair.server().receive();
        expect(Violation.TOO_MUCH_EARLY_DATA, pair, raw.seal(ContentType.APPLICATION_DATA, new byte[1]));
    }

    @Test
    void emptyRecordsDoNotComeWithoutEnd() throws Exception {
        var pair = again();
        var raw = taking(pair);
        for (int i = 0; i < 32; i++) pair.server().deliver(raw.seal(ContentType.APPLICATION_DATA));
        pair.server().receive();
        expect(Violation.TOO_MANY_EMPTY_RECORDS, pair, raw.seal(ContentType.APPLICATION_DATA));
    }

    @Test
    void theEndIsSaidBeforeFinished() throws Exception {
        for (var message : List.of(new Finished(new byte[32]), new KeyUpdate(false))) {
            var pair = again();
            var raw = taking(pair);
            expect(Violation.UNEXPECTED_MESSAGE, pair, raw.seal(message));
        }
    }

    @ParameterizedTest
    @EnumSource(HandshakeType.class)
    void onlyTheEndIsToCome(HandshakeType type) throws Exception {
        meeting().handshake();
        var pair = new StatePair(client().build(), server().build()).until(HandshakeType.END_OF_EARLY_DATA);
        var state = pair.server().state();
        assertEquals("WaitEndOfEarlyData", state.getClass().getSimpleName());
        var in = new Received(Samples13.of(type), new byte[4], new HandshakeReassembler()::aligned);
        if (type == HandshakeType.END_OF_EARLY_DATA) state.receive(in);
        else Expect.violation(Violation.UNEXPECTED_MESSAGE, () -> state.receive(in));
    }

    @Test
    void nothingFollowsTheEndInItsRecord() throws Exception {
        var pair = again();
        var raw = taking(pair);
        expect(Violation.MESSAGE_ACROSS_KEYS, pair, raw.seal(ContentType.HANDSHAKE, new byte[] {5, 0, 0, 0, 20}));
    }

    @Test
    void theEndIsEmpty() throws Exception {
        var pair = again();
        var raw = taking(pair);
        expect(Violation.MALFORMED_MESSAGE, pair, raw.seal(ContentType.HANDSHAKE, new byte[] {5, 0, 0, 1, 0}));
    }

    @Test
    void noDataComesBehindTheEnd() throws Exception {
        var pair = again();
        var raw = taking(pair);
        pair.server().deliver(raw.seal(new EndOfEarlyData()));
        pair.server().receive();
        var later = RawTls13.under("CLIENT_HANDSHAKE_TRAFFIC_SECRET", pair.server(), SUITE);
        expect(Violation.DATA_BEFORE_FINISHED, pair, later.seal(ContentType.APPLICATION_DATA, LATER));
    }

    @Test
    void whatIsTakenIsUnderTheRightKeys() throws Exception {
        var pair = again();
        taking(pair);
        var other = RawTls13.under("CLIENT_HANDSHAKE_TRAFFIC_SECRET", pair.server(), SUITE);
        expect(Violation.BAD_RECORD, pair, other.seal(ContentType.APPLICATION_DATA, LATER));
    }

    private StatePair states(UnaryOperator<TestConfig> client, UnaryOperator<TestConfig> server) throws Exception {
        return new StatePair(
                        client.apply(client()).build(), server.apply(server()).build())
                .changing(EncryptedExtensions.class, EarlyDataViolationsTest::accepting);
    }

    /** Says that early data is taken. */
    private static EncryptedExtensions accepting(EncryptedExtensions message) {
        var all = Stream.concat(message.extensions().all().stream(), Stream.<Extension>of(new EarlyData()))
                .toList();
        return new EncryptedExtensions(Extensions.of(all));
    }

    @Test
    void aServerTakesItWithTheSession() throws Exception {
        meeting().handshake();
        ofServer.loseTickets();
        Expect.violation(Violation.EARLY_DATA_OF_OTHER_SESSION, states(client -> client, server -> server)::handshake);
    }

    @Test
    void aServerTakesItInTheSuiteOfTheSession() throws Exception {
        meeting().handshake();
        Expect.violation(
                Violation.EARLY_DATA_OF_OTHER_SESSION,
                states(client -> client, server -> server.suites(CipherSuite.TLS_CHACHA20_POLY1305_SHA256))::handshake);
    }

    @Test
    void aServerTakesItInTheProtocolOfTheSession() throws Exception {
        meeting(client -> client.applicationProtocols("one", "two"), server -> server.applicationProtocols("one"))
                .handshake();
        Expect.violation(
                Violation.EARLY_DATA_OF_OTHER_SESSION,
                states(
                        client -> client.applicationProtocols("one", "two"),
                        server -> server.applicationProtocols("two"))::handshake);
    }

    @Test
    void aServerTakesNoneThatWasNotOffered() throws Exception {
        meeting().handshake();
        Expect.violation(
                Violation.EXTENSION_NOT_OFFERED,
                states(client -> client.with("early", EarlyTerms.NONE), server -> server)::handshake);
    }

    /** RFC 8446 §D.3. */
    @Test
    void whoHasSentItIsAnsweredInNoOlderVersion() throws Exception {
        meeting().handshake();
        var client = Tls13.too(TestConfig.client())
                .with("clock", clock)
                .sessions(ofClient)
                .with("early", EarlyTerms.sending(EARLY));
        var pair = new StatePair(client.build(), server().build())
                .changing(ServerHello.class, hello -> Hellos.extensions(hello, all -> List.of()));
        Expect.violation(Violation.EARLY_DATA_DOWNGRADED, pair::handshake);
    }

    @Test
    void whatWasTakenStaysTheCallersWhenTheHandshakeFails() throws Exception {
        var pair = again();
        var raw = taking(pair);
        expect(Violation.UNEXPECTED_MESSAGE, pair, raw.seal(new Finished(new byte[32])));
        assertArrayEquals(EARLY, taken(pair));
    }
}
