package org.almosttls.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.Violation;
import org.almosttls.config.KeyLimits;
import org.almosttls.config.OnRequest;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.Closed;
import org.almosttls.event.TlsEvent.Ending;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.event.TlsEvent.SecretDerived;
import org.almosttls.extension.Extensions;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.KeyUpdate;
import org.almosttls.message.NewSessionTicket13;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ContentType;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.RawTls13;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.Tls13;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a TLS 1.3 connection does besides its handshake: keys, ChangeCipherSpecs, closing, exporting. */
class Tls13ConnectionTest {

    private static final CipherSuite SUITE = CipherSuite.TLS_AES_128_GCM_SHA256;
    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHANGE_CIPHER_SPEC = HexFormat.of().parseHex("140303000101");

    private static ConnectionPair pair() {
        return pair(KeyLimits.USUAL);
    }

    private static ConnectionPair pair(KeyLimits limits) {
        return new ConnectionPair(
                Tls13.client().suites(SUITE).with("keyLimits", limits).build(),
                Tls13.server(TestCertificates.ecServer()).build());
    }

    private static ConnectionPair connected() throws Exception {
        var pair = pair();
        pair.handshake();
        return pair;
    }

    private static void assertArrives(End from, End to, byte[] data) throws Exception {
        int before = to.data().length;
        to.deliver(from.seal(data));
        to.receive();
        assertArrayEquals(data, Arrays.copyOfRange(to.data(), before, to.data().length));
    }

    private static long keyUpdates(End end, Direction direction) {
        return end.events()
                .all(MessageTransferred.class)
                .filter(event -> event.direction() == direction && event.message() instanceof KeyUpdate)
                .count();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothDirectionsGetNewKeysOnRequest(boolean byClient) throws Exception {
        var pair = connected();
        var asking = byClient ? pair.client() : pair.server();
        var asked = byClient ? pair.server() : pair.client();
        for (int i = 1; i <= 3; i++) {
            asking.connection().renegotiate();
            pair.handshake();
            assertEquals(
                    List.of((long) i, (long) i),
                    List.of(keyUpdates(asking, Direction.SENT), keyUpdates(asking, Direction.RECEIVED)));
            assertArrives(asking, asked, DATA);
            assertArrives(asked, asking, DATA);
        }
    }

    @Test
    void keysAreUpdatedWhenSoMuchHasBeenSent() throws Exception {
        var pair = pair(new KeyLimits(1 << 15, 1 << 15));
        pair.handshake();
        var data = new byte[1 << 18];
        new Random(1).nextBytes(data);
        assertArrives(pair.client(), pair.server(), data);
        assertEquals(7, keyUpdates(pair.server(), Direction.RECEIVED));
        assertArrives(pair.server(), pair.client(), data);
        assertEquals(0, keyUpdates(pair.client(), Direction.RECEIVED));
    }

    @Test
    void aLimitBelowOneRecordChangesKeysAfterEach() throws Exception {
        var pair = pair(new KeyLimits(1000, 1000));
        pair.handshake();
        assertArrives(pair.client(), pair.server(), new byte[3 << 14]);
        assertEquals(2, keyUpdates(pair.server(), Direction.RECEIVED));
    }

    /** RFC 8446 §5.4: padding is encrypted as content is. */
    @Test
    void paddingWearsKeysToo() throws Exception {
        var pair = new ConnectionPair(
                Tls13.client()
                        .suites(SUITE)
                        .with("keyLimits", new KeyLimits(1 << 12, 1 << 12))
                        .with("onRequest", OnRequest.NOTHING.padding(1 << 10))
                        .build(),
                Tls13.server(TestCertificates.ecServer()).build());
        pair.handshake();
        for (int i = 0; i < 9; i++) assertArrives(pair.client(), pair.server(), DATA);
        assertEquals(2, keyUpdates(pair.server(), Direction.RECEIVED));
    }

    private static RawTls13 rawClient(ConnectionPair pair) {
        return RawTls13.under("CLIENT_TRAFFIC_SECRET_0", pair.server(), SUITE);
    }

    @Test
    void ticketsAndKeyUpdatesAreNotTakenWithoutEnd() throws Exception {
        var pair = connected();
        var ticket = new NewSessionTicket13(1, 1, new byte[1], new byte[1], Extensions.of(List.of()));
        var raw = RawTls13.under("SERVER_TRAFFIC_SECRET_0", pair.client(), SUITE);
        for (int i = 0; i < 32; i++) pair.client().deliver(raw.seal(ticket));
        pair.client().receive();
        pair.client().deliver(raw.seal(ticket));
        Expect.violation(Violation.TOO_MANY_LATE_MESSAGES, pair.client()::receive);
    }

    @Test
    void dataInBetweenShowsThatNobodyIsTeasing() throws Exception {
        var pair = connected();
        for (int i = 0; i < 100; i++) {
            pair.client().connection().renegotiate();
            assertArrives(pair.client(), pair.server(), DATA);
            pair.handshake();
        }
    }

    @Test
    void whoAsksAgainAndAgainAndDoesNotReadIsAnsweredOnce() throws Exception {
        var pair = connected();
        for (int i = 0; i < 20; i++) {
            pair.client().connection().renegotiate();
            pair.server().deliver(pair.client().flush());
            pair.server().receive();
        }
        assertEquals(1, keyUpdates(pair.server(), Direction.SENT));
        pair.handshake();
        assertArrives(pair.server(), pair.client(), DATA);
    }

    @Test
    void nothingFollowsAKeyUpdateInItsRecord() throws Exception {
        var pair = connected();
        byte[] update = EncodedMessage.of(new KeyUpdate(false)).bytes();
        pair.server().deliver(rawClient(pair).seal(ContentType.HANDSHAKE, Arrays.copyOf(update, update.length + 1)));
        Expect.violation(Violation.MESSAGE_ACROSS_KEYS, pair.server()::receive);
    }

    /** The server has said all that it says in a handshake, and awaits the client's Finished. */
    private static ConnectionPair awaitingFinished() throws Exception {
        var pair = pair();
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        return pair;
    }

    @Test
    void changeCipherSpecsAreDroppedUntilFinished() throws Exception {
        var pair = awaitingFinished();
        // One more comes of the client.
        for (int i = 0; i < 15; i++) pair.server().deliver(CHANGE_CIPHER_SPEC);
        pair.server().receive();
        pair.handshake();
        assertArrives(pair.client(), pair.server(), DATA);
    }

    @Test
    void changeCipherSpecsAreNotTakenWithoutEnd() throws Exception {
        var pair = awaitingFinished();
        for (int i = 0; i < 17; i++) pair.server().deliver(CHANGE_CIPHER_SPEC);
        Expect.violation(Violation.TOO_MANY_CHANGE_CIPHER_SPECS, pair.server()::receive);
    }

    @ParameterizedTest
    @ValueSource(strings = {"140303000102", "14030300020101", "1403030000"})
    void aChangeCipherSpecIsTheOneOctet(String other) throws Exception {
        var pair = awaitingFinished();
        pair.server().deliver(HexFormat.of().parseHex(other));
        Expect.violation(Violation.CHANGE_CIPHER_SPEC_NOT_DROPPED, pair.server()::receive);
    }

    @Test
    void aChangeCipherSpecIsNotEncrypted() throws Exception {
        var pair = awaitingFinished();
        var raw = RawTls13.under("CLIENT_HANDSHAKE_TRAFFIC_SECRET", pair.server(), SUITE);
        pair.server().deliver(raw.seal(ContentType.CHANGE_CIPHER_SPEC, (byte) 1));
        Expect.violation(Violation.CHANGE_CIPHER_SPEC_NOT_DROPPED, pair.server()::receive);
    }

    @Test
    void noChangeCipherSpecComesFirst() {
        var server = new End(Tls13.server(TestCertificates.ecServer()).build());
        server.deliver(CHANGE_CIPHER_SPEC);
        Expect.violation(Violation.UNEXPECTED_MESSAGE, server::receive);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noChangeCipherSpecComesBehindFinished(boolean toClient) throws Exception {
        var pair = connected();
        var end = toClient ? pair.client() : pair.server();
        end.deliver(CHANGE_CIPHER_SPEC);
        Expect.violation(Violation.UNEXPECTED_MESSAGE, end::receive);
    }

    @Test
    void noDataComesBeforeFinished() throws Exception {
        var pair = awaitingFinished();
        var raw = RawTls13.under("CLIENT_HANDSHAKE_TRAFFIC_SECRET", pair.server(), SUITE);
        pair.server().deliver(raw.seal(ContentType.APPLICATION_DATA, (byte) 1));
        Expect.violation(Violation.DATA_BEFORE_FINISHED, pair.server()::receive);
    }

    @Test
    void whatIsNotEncryptedIsNotTakenAfterwards() throws Exception {
        var pair = connected();
        pair.server().deliver(HexFormat.of().parseHex("15030300020100"));
        Expect.violation(Violation.UNEXPECTED_MESSAGE, pair.server()::receive);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneEndClosesAndTheOtherGoesOn(boolean clientCloses) throws Exception {
        var pair = connected();
        var closing = clientCloses ? pair.client() : pair.server();
        var other = clientCloses ? pair.server() : pair.client();
        closing.connection().closeOutbound();
        other.deliver(closing.flush());
        other.receive();
        assertTrue(other.connection().isInboundClosed());
        assertFalse(other.connection().isOutboundClosed());
        assertTrue(other.connection().exporter().isPresent());
        assertArrives(other, closing, DATA);
        other.connection().renegotiate();
        assertArrives(other, closing, DATA);
        other.connection().closeOutbound();
        closing.deliver(other.flush());
        closing.receive();
        for (var end : List.of(closing, other)) {
            assertEquals(ConnectionStatus.CLOSED, end.connection().status());
            assertEquals(
                    List.of(Ending.CLOSE_NOTIFY),
                    end.events().all(Closed.class).map(Closed::ending).toList());
        }
    }

    /** RFC 8446 §6.2: whatever the level says, an error is one; so is what nobody knows. */
    @ParameterizedTest
    @CsvSource({"1, 40", "0, 40", "5, 40", "255, 40", "1, 41", "2, 200", "7, 200"})
    void anErrorIsOneWhateverItsLevelSays(int level, int description) throws Exception {
        var pair = connected();
        pair.server().deliver(rawClient(pair).seal(ContentType.ALERT, (byte) level, (byte) description));
        var thrown = assertThrows(PeerAlertException.class, pair.server()::receive);
        assertEquals(description, thrown.description().code());
        assertEquals(0, pair.server().flush().length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 9})
    void closureIsClosureWhateverItsLevelSays(int level) throws Exception {
        var pair = connected();
        pair.server().deliver(rawClient(pair).seal(ContentType.ALERT, (byte) level, (byte) 0));
        pair.server().receive();
        assertTrue(pair.server().connection().isInboundClosed());
        assertFalse(pair.server().connection().isOutboundClosed());
    }

    @Test
    void whoGivesUpIsHeard() throws Exception {
        var pair = connected();
        var raw = rawClient(pair);
        pair.server().deliver(raw.seal(ContentType.ALERT, (byte) 1, (byte) 90));
        pair.server().deliver(raw.seal(ContentType.ALERT, (byte) 1, (byte) 0));
        pair.server().receive();
        assertTrue(pair.server().connection().isInboundClosed());
    }

    @Test
    void bothEndsExportTheSame() throws Exception {
        var pair = connected();
        var client = pair.client().connection().exporter().orElseThrow();
        var server = pair.server().connection().exporter().orElseThrow();
        for (var context : List.of(Optional.<byte[]>empty(), Optional.of(new byte[0]), Optional.of(DATA)))
            try (var one = client.export("EXPORTER-test", context, 64);
                    var other = server.export("EXPORTER-test", context, 64)) {
                assertArrayEquals(one.bytes(), other.bytes());
            }
    }

    @Test
    void anAlertOfTheClientIsEncryptedOnceThereAreKeys() throws Exception {
        var pair = pair();
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        byte[] flight = pair.server().flush();
        flight[flight.length - 1] ^= 1;
        pair.client().deliver(flight);
        Expect.violation(Violation.BAD_RECORD, pair.client()::receive);
        pair.server().deliver(pair.client().flush());
        var thrown = assertThrows(PeerAlertException.class, pair.server()::receive);
        assertEquals(AlertDescription.BAD_RECORD_MAC, thrown.description());
    }

    @Test
    void theKeyLogHasAllSecretsAndBothEndsTheSame() throws Exception {
        var pair = connected();
        assertEquals(labels(pair.client()), labels(pair.server()));
        assertEquals(
                List.of(
                        "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
                        "SERVER_HANDSHAKE_TRAFFIC_SECRET",
                        "CLIENT_TRAFFIC_SECRET_0",
                        "SERVER_TRAFFIC_SECRET_0",
                        "EXPORTER_SECRET"),
                labels(pair.client()));
    }

    private static List<String> labels(End end) {
        return end.events().all(SecretDerived.class).map(SecretDerived::label).toList();
    }
}
