package org.almosttls.engine;

import static org.almosttls.engine.TlsConnectionTest.bytes;
import static org.almosttls.engine.TlsConnectionTest.pair;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.Violation;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEventListener;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.FixedRandomness;
import org.almosttls.testkit.MovableClock;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostilePeerTest {

    private static End server() {
        return new End(TestConfig.server(TestCertificates.ecServer()).build());
    }

    private static void provokes(Violation violation, End end, String... records) {
        Expect.violation(violation, () -> {
            for (var record : records) end.deliver(HexFormat.of().parseHex(record));
            end.receive();
        });
    }

    static Stream<Arguments> firstRecords() {
        return Stream.of(
                Arguments.of(
                        Violation.NOT_TLS,
                        HexFormat.of().formatHex("GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII))),
                Arguments.of(Violation.NOT_TLS, "802b0103010012000000100100800300"),
                Arguments.of(Violation.ALMOST_TLS_MET, "16a1010001ff"),
                Arguments.of(Violation.RECORD_TOO_LONG, "1603014801"),
                Arguments.of(Violation.EMPTY_FRAGMENT, "1603010000"),
                Arguments.of(Violation.MALFORMED_ALERT, "150301000101"),
                Arguments.of(Violation.MALFORMED_ALERT, "1503010003022800"),
                Arguments.of(Violation.ALERT_LEVEL_UNKNOWN, "15030100020500"),
                Arguments.of(Violation.ALERT_LEVEL_UNKNOWN, "15030100020028"),
                Arguments.of(Violation.WRONG_CHANGE_CIPHER_SPEC, "140301000100"),
                Arguments.of(Violation.WRONG_CHANGE_CIPHER_SPEC, "140301000102"),
                Arguments.of(Violation.MALFORMED_CHANGE_CIPHER_SPEC, "14030100020101"),
                Arguments.of(Violation.UNEXPECTED_MESSAGE, "140301000101"),
                Arguments.of(Violation.UNEXPECTED_MESSAGE, "180301000401000000"),
                Arguments.of(Violation.DATA_BEFORE_FINISHED, "170301000100"),
                Arguments.of(Violation.MESSAGE_TOO_LONG, "160301000401020001"),
                Arguments.of(Violation.MALFORMED_MESSAGE, "16030100050100000103"));
    }

    @ParameterizedTest
    @MethodSource("firstRecords")
    void aFirstRecordThatBreaksARuleIsAnsweredByItsAlert(Violation violation, String record) throws Exception {
        var server = server();
        provokes(violation, server, record);
        byte[] answer = server.flush();
        byte[] alert = {21, 3, 1, 0, 2, 2, (byte) violation.alert().code()};
        assertArrayEquals(alert, answer);
        assertEquals(ConnectionStatus.CLOSED, server.connection().status());
    }

    @Test
    void laterRecordsMustBeOfAKnownTypeAndTheRightVersion() {
        provokes(Violation.UNKNOWN_CONTENT_TYPE, server(), "16030100010119030100010a");
        provokes(Violation.WRONG_RECORD_VERSION, server(), "160301000101160401000101");
    }

    @Test
    void nothingComesBetweenThePartsOfAMessage() {
        provokes(Violation.MESSAGE_INTERLEAVED, server(), "160301000101", "140301000101");
    }

    @Test
    void changeCipherSpecAmidAMessageIsRefused() throws Exception {
        var pair = pair();
        pair.client().flush();
        Expect.violation(Violation.MESSAGE_INTERLEAVED, () -> {
            pair.client().deliver(HexFormat.of().parseHex("160303000102140303000101"));
            pair.client().receive();
        });
    }

    @Test
    void warningsAreToleratedButNotForEver() throws Exception {
        var server = server();
        server.deliver(HexFormat.of().parseHex("1503010002015a".repeat(16)));
        server.receive();
        provokes(Violation.TOO_MANY_WARNINGS, server, "1503010002015a");
    }

    /** A connection may live for months. */
    @Test
    void warningsThatComeNowAndThenAreNoFlood() throws Exception {
        var clock = new MovableClock();
        var server = new End(TestConfig.server(TestCertificates.ecServer())
                .with("clock", clock)
                .build());
        for (int hour = 0; hour < 100; hour++) {
            server.deliver(HexFormat.of().parseHex("1503010002015a"));
            server.receive();
            clock.pass(Duration.ofHours(1));
        }
        server.deliver(HexFormat.of().parseHex("1503010002015a".repeat(16)));
        server.receive();
        provokes(Violation.TOO_MANY_WARNINGS, server, "1503010002015a");
    }

    @Test
    void aFatalAlertEndsTheConnectionWithoutAnAnswer() throws Exception {
        var server = server();
        server.deliver(HexFormat.of().parseHex("15030100020228"));
        var thrown = assertThrows(PeerAlertException.class, server::receive);
        assertEquals(AlertDescription.HANDSHAKE_FAILURE, thrown.description());
        assertEquals(0, server.flush().length);
        assertEquals(ConnectionStatus.CLOSED, server.connection().status());
    }

    @Test
    void closeNotifyBeforeTheHandshakeIsFinishedIsTold() throws Exception {
        var server = server();
        server.deliver(HexFormat.of().parseHex("15030100020100"));
        var thrown = assertThrows(PeerAlertException.class, server::receive);
        assertEquals(AlertDescription.CLOSE_NOTIFY, thrown.description());
    }

    @Test
    void everyFlippedOctetOfARecordIsNoticed() throws Exception {
        var pair = pair();
        pair.handshake();
        byte[] record = pair.client().seal(bytes(3));
        for (int i = 5; i < record.length; i++) {
            var fresh = pair();
            fresh.handshake();
            byte[] changed = fresh.client().seal(bytes(3));
            changed[i] ^= 1;
            fresh.server().deliver(changed);
            Expect.violation(Violation.BAD_RECORD, () -> fresh.server().receive());
            assertEquals(0, fresh.server().data().length);
        }
    }

    @Test
    void replayedAndReorderedRecordsAreNoticed() throws Exception {
        var pair = pair();
        pair.handshake();
        byte[] first = pair.client().seal(bytes(10));
        byte[] second = pair.client().seal(bytes(11));
        pair.server().deliver(second);
        Expect.violation(Violation.BAD_RECORD, () -> pair.server().receive());
        var other = pair();
        other.handshake();
        byte[] record = other.client().seal(bytes(10));
        other.server().deliver(record);
        other.server().receive();
        other.server().deliver(record);
        Expect.violation(Violation.BAD_RECORD, () -> other.server().receive());
        assertTrue(first.length < second.length);
    }

    @Test
    void aChangedFlightNeverCompletesAHandshake() throws Exception {
        var flights = new ArrayList<byte[]>();
        pair().handshake(bytes -> {
            flights.add(bytes);
            return bytes;
        });
        byte[] serverFlight = flights.get(1);
        for (int i = 0; i < serverFlight.length; i += 7) {
            int at = i;
            var pair = pair();
            var turn = new int[1];
            assertThrows(Exception.class, () -> {
                pair.handshake(bytes -> turn[0]++ == 1 ? flipped(bytes, at) : bytes);
                if (pair.client().connection().session().isEmpty()) throw new Exception("stalled");
            });
            assertTrue(pair.client().connection().session().isEmpty(), "octet " + at);
            assertTrue(pair.server().connection().session().isEmpty(), "octet " + at);
        }
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] changed = Arrays.copyOf(bytes, bytes.length);
        changed[at] ^= 0x40;
        return changed;
    }

    @Test
    void aListenerThatThrowsDoesNotHurt() throws Exception {
        var connection = new TlsConnection(
                TestConfig.client().build(),
                new TlsEventListener() {
                    @Override
                    public boolean wants(Kind kind) {
                        return true;
                    }

                    @Override
                    public void on(Moment moment, TlsEvent event) {
                        throw new IllegalStateException("broken listener");
                    }
                },
                Optional.empty(),
                Optional.empty());
        connection.start();
        assertEquals(ConnectionStatus.NEED_SEND, connection.status());
    }

    @Test
    void dataOfOneHandshakeDoesNotOpenInAnother() throws Exception {
        var one = pair();
        var other = new ConnectionPair(
                TestConfig.client().with("randomness", new FixedRandomness(99)).build(),
                TestConfig.server(TestCertificates.ecServer()).build());
        one.handshake();
        other.handshake();
        other.server().deliver(one.client().seal(bytes(10)));
        Expect.violation(Violation.BAD_RECORD, () -> other.server().receive());
    }
}
