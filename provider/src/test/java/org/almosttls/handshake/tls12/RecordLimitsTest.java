package org.almosttls.handshake.tls12;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.extension.Extension;
import org.almosttls.extension.MaxFragmentLength;
import org.almosttls.extension.RecordSizeLimit;
import org.almosttls.handshake.Action;
import org.almosttls.message.ClientHello;
import org.almosttls.message.ServerHello;
import org.almosttls.registry.ExtensionType;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Hellos;
import org.almosttls.testkit.StatePair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the hellos may say about the length of records: RFC 6066 §4 and RFC 8449. */
class RecordLimitsTest extends Acquaintance {

    /** Header, IV, MAC and padding at their longest, which a wish for packets includes. */
    private static final int AROUND = 325;

    private static final UnaryOperator<List<Extension>> ONLY_LENGTH = Hellos.without(ExtensionType.RECORD_SIZE_LIMIT);

    private StatePair wanting(int plaintext, boolean fragmentLengthToo) throws TlsAlertException {
        return pair(config -> config.packets(plaintext + AROUND, fragmentLengthToo), SAME);
    }

    /** A client of old that asks for a fragment length alone: its Finished will not match, but the server has answered. */
    private static ServerHello answerTo(StatePair pair, UnaryOperator<List<Extension>> change) {
        pair.changing(ClientHello.class, hello -> Hellos.extensions(hello, change));
        Expect.violation(Violation.WRONG_FINISHED, pair::handshake);
        return serverHello(pair);
    }

    private static ClientHello clientHello(StatePair pair) {
        return (ClientHello) sent(pair.client(), ClientHello.class).message();
    }

    private static Optional<RecordSizeLimit> limit(ServerHello hello) {
        return hello.extensions().find(RecordSizeLimit.class);
    }

    private static Optional<MaxFragmentLength> length(ServerHello hello) {
        return hello.extensions().find(MaxFragmentLength.class);
    }

    @Test
    void whoHasNoWishAsksForNothing() throws Exception {
        var pair = pair().handshake();
        assertFalse(clientHello(pair).extensions().has(ExtensionType.MAX_FRAGMENT_LENGTH));
        assertFalse(clientHello(pair).extensions().has(ExtensionType.RECORD_SIZE_LIMIT));
        assertEquals(1 << 14, pair.client().session().orElseThrow().fragmentLength());
    }

    @Test
    void shortRecordsAreAskedForByTheNewerExtensionAndOnRequestByBoth() throws Exception {
        var one = clientHello(wanting(1000, false).handshake()).extensions();
        assertEquals(Optional.of(new RecordSizeLimit(1000)), one.find(RecordSizeLimit.class));
        assertFalse(one.has(ExtensionType.MAX_FRAGMENT_LENGTH));
        var both = clientHello(wanting(1100, true).handshake()).extensions();
        assertEquals(Optional.of(new RecordSizeLimit(1100)), both.find(RecordSizeLimit.class));
        assertEquals(Optional.of(new MaxFragmentLength(2)), both.find(MaxFragmentLength.class));
    }

    /** RFC 8449 §4: an end must not send less than 64; RFC 6066 §4 has nothing below 2^9 or above 2^12. */
    @ParameterizedTest
    @CsvSource({
        "1, 64, 1",
        "64, 64, 1",
        "511, 511, 1",
        "1023, 1023, 1",
        "1024, 1024, 2",
        "4096, 4096, 4",
        "16383, 16383, 4"
    })
    void aWishIsBroughtWithinWhatCanBeSaid(int wanted, int limit, int code) throws Exception {
        var hello = clientHello(wanting(wanted, true).handshake()).extensions();
        assertEquals(limit, hello.find(RecordSizeLimit.class).orElseThrow().octets());
        assertEquals(code, hello.find(MaxFragmentLength.class).orElseThrow().code());
    }

    /** RFC 8449 §5: the server must ignore max_fragment_length beside the newer extension, even one that means nothing. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 255})
    void theServerIgnoresTheOlderExtensionBesideTheNewer(int code) throws Exception {
        var answer = answerTo(wanting(1000, true), Hellos.with(new MaxFragmentLength(code)));
        assertEquals(Optional.of(new RecordSizeLimit(1 << 14)), limit(answer));
        assertEquals(Optional.empty(), length(answer));
    }

    @Test
    void theServerSaysItsOwnLimitToWhoHasSaidOne() throws Exception {
        var pair = pair(client -> client.packets(1000 + AROUND, false), server -> server.packets(600 + AROUND, false));
        assertEquals(Optional.of(new RecordSizeLimit(600)), limit(serverHello(pair.handshake())));
        assertEquals(600, pair.client().writing().mostPlaintext());
        assertEquals(1000, pair.client().reading().mostPlaintext());
        assertEquals(1000, pair.server().writing().mostPlaintext());
        assertEquals(600, pair.server().reading().mostPlaintext());
    }

    /** RFC 8449 §4: a limit above what the version has comes from a client that knows more, and is none to this one. */
    @ParameterizedTest
    @ValueSource(ints = {1 << 14, (1 << 14) + 1, 0xFFFF})
    void aLimitThatIsNoneIsTaken(int octets) throws Exception {
        var pair = wanting(1000, false);
        answerTo(pair, Hellos.with(new RecordSizeLimit(octets)));
        var answered =
                wanting(1000, false).changing(ServerHello.class, changing(Hellos.with(new RecordSizeLimit(octets))));
        Expect.violation(Violation.WRONG_FINISHED, answered::handshake);
        assertEquals(1 << 14, answered.client().writing().mostPlaintext());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63})
    void aLimitBelow64IsFatalAtBothEnds(int octets) throws Exception {
        var low = Hellos.with(new RecordSizeLimit(octets));
        var asked = wanting(1000, false).changing(ClientHello.class, hello -> Hellos.extensions(hello, low));
        Expect.violation(Violation.RECORD_LIMIT_TOO_LOW, asked::handshake);
        var answered = wanting(1000, false).changing(ServerHello.class, changing(low));
        Expect.violation(Violation.RECORD_LIMIT_TOO_LOW, answered::handshake);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void theServerTakesUpEachFragmentLengthAtOnceAndForBothEnds(int code) throws Exception {
        int octets = 256 << code;
        var pair = oldPair(octets).handshake();
        assertEquals(Optional.of(new MaxFragmentLength(code)), length(serverHello(pair)));
        assertEquals(Optional.empty(), limit(serverHello(pair)));
        for (boolean client : List.of(true, false)) {
            var end = pair.end(client);
            assertEquals(octets, end.session().orElseThrow().fragmentLength());
            assertEquals(List.of(new Action.LimitRecords(octets)), end.actions(Action.LimitRecords.class));
            assertEquals(octets, end.writing().mostPlaintext());
            assertEquals(octets, end.reading().mostPlaintext());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 255})
    void aFragmentLengthThatMeansNothingIsRefused(int code) throws Exception {
        var pair = wanting(1000, true)
                .changing(
                        ClientHello.class,
                        hello -> Hellos.extensions(
                                hello,
                                all -> ONLY_LENGTH.apply(
                                        Hellos.with(new MaxFragmentLength(code)).apply(all))));
        Expect.violation(Violation.FRAGMENT_LENGTH_UNKNOWN, pair::handshake);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4, 5})
    void theAnswerIsTheLengthThatWasAskedFor(int code) throws Exception {
        var answering = changing(all ->
                ONLY_LENGTH.apply(Hellos.with(new MaxFragmentLength(code)).apply(all)));
        var pair = wanting(512, true).changing(ServerHello.class, answering);
        Expect.violation(Violation.FRAGMENT_LENGTH_NOT_OFFERED, pair::handshake);
    }

    @Test
    void bothExtensionsAreNotAnswered() throws Exception {
        var pair = wanting(512, true).changing(ServerHello.class, changing(Hellos.plus(new MaxFragmentLength(1))));
        Expect.violation(Violation.TWO_RECORD_LIMITS, pair::handshake);
    }

    @Test
    void neitherIsAnsweredUnasked() throws Exception {
        for (var unasked : List.<Extension>of(new MaxFragmentLength(1), new RecordSizeLimit(64))) {
            var pair = pair().changing(ServerHello.class, changing(Hellos.plus(unasked)));
            Expect.violation(Violation.EXTENSION_NOT_OFFERED, pair::handshake);
        }
    }

    /** RFC 6066 §4: for the duration of the session, resumptions included; the client of these tests speaks to an old server. */
    @Test
    void aSessionKeepsItsFragmentLength() throws Exception {
        assertEquals(512, old(512).server().session().orElseThrow().fragmentLength());
        var again = old(512);
        assertTrue(isResumed(again));
        assertEquals(Optional.of(new MaxFragmentLength(1)), length(serverHello(again)));
        assertEquals(512, again.client().writing().mostPlaintext());
    }

    @Test
    void whoAsksForAnotherLengthMakesAnotherSession() throws Exception {
        old(512);
        assertFalse(isResumed(old(1024)));
        assertFalse(isResumed(pair().handshake()));
    }

    /** The server does not change its mind for a client that comes back with another wish, but offers the session. */
    @Test
    void theServerDoesNotResumeUnderAnotherLength() throws Exception {
        old(512);
        var pair = oldPair(512)
                .changing(ClientHello.class, hello -> Hellos.extensions(hello, Hellos.with(new MaxFragmentLength(2))));
        Expect.violation(Violation.FRAGMENT_LENGTH_NOT_OFFERED, pair::handshake);
        assertFalse(pair.server().actions(Action.LimitRecords.class).contains(new Action.LimitRecords(512)));
    }

    @Test
    void aServerThatResumesWithoutAWordKeepsTheLength() throws Exception {
        old(512);
        var pair =
                oldPair(512).changing(ServerHello.class, changing(Hellos.without(ExtensionType.MAX_FRAGMENT_LENGTH)));
        Expect.violation(Violation.WRONG_FINISHED, pair::handshake);
        assertEquals(512, pair.client().reading().mostPlaintext());
    }

    /** RFC 8449 §4: renegotiated in each handshake, a resumption's too. */
    @Test
    void aRecordSizeLimitIsSaidAnewInEachHandshake() throws Exception {
        wanting(512, false).handshake();
        var second = wanting(700, false).handshake();
        assertTrue(isResumed(second));
        assertEquals(700, second.client().reading().mostPlaintext());
        var third = pair().handshake();
        assertTrue(isResumed(third));
        assertEquals(1 << 14, third.client().reading().mostPlaintext());
    }

    private StatePair old(int length) throws TlsAlertException {
        return oldPair(length).handshake();
    }

    /** A client whose wish goes out by the older extension alone. */
    private StatePair oldPair(int length) throws TlsAlertException {
        return pair(config -> config.fragmentLength(length), SAME);
    }
}
