package org.almosttls.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.almosttls.alert.Violation;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.KeyUpdate;
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
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8446 §5, §6: how messages, alerts and data are cut into records, and when. */
class Records13Test {

    private static final CipherSuite SUITE = CipherSuite.TLS_AES_128_GCM_SHA256;
    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHANGE_CIPHER_SPEC = HexFormat.of().parseHex("140303000101");
    private static final int HEADER = 5;

    private final ConnectionPair pair = new ConnectionPair(
            Tls13.client().suites(SUITE).build(),
            Tls13.server(TestCertificates.ecServer()).build());

    private End end(boolean client) {
        return client ? pair.client() : pair.server();
    }

    /** After the handshake, in the place of the end that is not this one. */
    private RawTls13 connected(boolean toClient) throws Exception {
        pair.handshake();
        return RawTls13.under((toClient ? "SERVER" : "CLIENT") + "_TRAFFIC_SECRET_0", end(toClient), SUITE);
    }

    private void refuses(boolean byClient, Violation violation, byte[]... records) {
        for (byte[] each : records) end(byClient).deliver(each);
        Expect.violation(violation, end(byClient)::receive);
    }

    private static byte[] plain(ContentType type, byte... content) {
        return ByteBuffer.allocate(HEADER + content.length)
                .put((byte) type.code())
                .putShort((short) 0x0303)
                .putShort((short) content.length)
                .put(content)
                .array();
    }

    private static byte[] oneMore(byte[] message) {
        return Arrays.copyOf(message, message.length + 1);
    }

    private static byte[] sent(End end, int which) {
        return end.events()
                .all(MessageTransferred.class)
                .filter(message -> message.direction() == Direction.SENT)
                .map(MessageTransferred::bytes)
                .toList()
                .get(which);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void dataDoesNotInterruptAMessage(boolean client) throws Exception {
        var raw = connected(client);
        byte[] half = Arrays.copyOf(EncodedMessage.of(new KeyUpdate(false)).bytes(), 3);
        refuses(
                client,
                Violation.MESSAGE_INTERLEAVED,
                raw.seal(ContentType.HANDSHAKE, half),
                raw.seal(ContentType.APPLICATION_DATA, DATA));
    }

    /** What TLS 1.2 has for further handshakes is not for TLS 1.3, which has none. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void norWhereFurtherHandshakesAreWanted(boolean client) throws Exception {
        var wanting = new ConnectionPair(
                Tls13.client().suites(SUITE).requesting(Feature.RENEGOTIATION).build(),
                Tls13.server(TestCertificates.ecServer())
                        .requesting(Feature.RENEGOTIATION)
                        .build());
        wanting.handshake();
        var victim = client ? wanting.client() : wanting.server();
        var raw = RawTls13.under((client ? "SERVER" : "CLIENT") + "_TRAFFIC_SECRET_0", victim, SUITE);
        byte[] half = Arrays.copyOf(EncodedMessage.of(new KeyUpdate(false)).bytes(), 3);
        victim.deliver(raw.seal(ContentType.HANDSHAKE, half));
        victim.deliver(raw.seal(ContentType.APPLICATION_DATA, DATA));
        Expect.violation(Violation.MESSAGE_INTERLEAVED, victim::receive);
    }

    @Test
    void aChangeCipherSpecDoesNotInterruptAMessage() throws Exception {
        byte[] hello = pair.client().flush();
        refuses(
                false,
                Violation.MESSAGE_INTERLEAVED,
                plain(ContentType.HANDSHAKE, Arrays.copyOfRange(hello, HEADER, 100)),
                CHANGE_CIPHER_SPEC);
    }

    /** RFC 8446 §5.1: ClientHello may be the last message before keys. */
    @Test
    void nothingFollowsClientHelloInItsRecord() throws Exception {
        pair.client().flush();
        refuses(false, Violation.MESSAGE_ACROSS_KEYS, plain(ContentType.HANDSHAKE, oneMore(sent(pair.client(), 0))));
    }

    @Test
    void nothingFollowsServerHelloInItsRecord() throws Exception {
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        refuses(true, Violation.MESSAGE_ACROSS_KEYS, plain(ContentType.HANDSHAKE, oneMore(sent(pair.server(), 0))));
    }

    @Test
    void nothingFollowsTheServersFinishedInItsRecord() throws Exception {
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        byte[] flight = pair.server().flush();
        pair.client().deliver(Arrays.copyOf(flight, HEADER + sent(pair.server(), 0).length));
        pair.client().receive();
        var raw = RawTls13.under("SERVER_HANDSHAKE_TRAFFIC_SECRET", pair.client(), SUITE);
        var messages = new ByteArrayOutputStream();
        for (int i = 1; i < 5; i++) messages.writeBytes(sent(pair.server(), i));
        refuses(true, Violation.MESSAGE_ACROSS_KEYS, raw.seal(ContentType.HANDSHAKE, oneMore(messages.toByteArray())));
    }

    @Test
    void nothingFollowsTheClientsFinishedInItsRecord() throws Exception {
        ConnectionPair.carry(pair.client(), pair.server(), bytes -> bytes);
        var raw = RawTls13.under("CLIENT_HANDSHAKE_TRAFFIC_SECRET", pair.server(), SUITE);
        pair.client().deliver(pair.server().flush());
        pair.client().receive();
        refuses(false, Violation.MESSAGE_ACROSS_KEYS, raw.seal(ContentType.HANDSHAKE, oneMore(sent(pair.client(), 1))));
    }

    /** RFC 8446 §5.1: neither cut into pieces nor together. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void anAlertIsARecord(int octets) throws Exception {
        for (boolean client : new boolean[] {true, false}) {
            var fresh = new Records13Test();
            var raw = fresh.connected(client);
            fresh.refuses(
                    client,
                    Violation.MALFORMED_ALERT,
                    raw.seal(ContentType.ALERT, Arrays.copyOf(new byte[] {1, 90, 1, 0}, octets)));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void emptyRecordsDoNotComeWithoutEnd(boolean client) throws Exception {
        var raw = connected(client);
        for (int i = 0; i < 32; i++) end(client).deliver(raw.seal(ContentType.APPLICATION_DATA));
        end(client).receive();
        refuses(client, Violation.TOO_MANY_EMPTY_RECORDS, raw.seal(ContentType.APPLICATION_DATA));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRecordThatWasChangedIsNotTaken(boolean client) throws Exception {
        byte[] record = connected(client).seal(ContentType.APPLICATION_DATA, DATA);
        record[record.length - 1] ^= 1;
        refuses(client, Violation.BAD_RECORD, record);
        assertEquals(0, end(client).data().length);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRecordIsNotTakenTwice(boolean client) throws Exception {
        byte[] record = connected(client).seal(ContentType.APPLICATION_DATA, DATA);
        refuses(client, Violation.BAD_RECORD, record, record);
        assertArrayEquals(DATA, end(client).data());
    }

    /** RFC 8446 §4.6.3: nothing comes under new keys before KeyUpdate has come under the old ones. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noRecordComesUnderKeysThatNobodyHasToldOf(boolean client) throws Exception {
        pair.handshake();
        end(!client).connection().renegotiate();
        byte[] update = end(!client).flush();
        byte[] record = end(!client).seal(DATA);
        assertTrue(update.length > HEADER);
        refuses(client, Violation.BAD_RECORD, record);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noRecordComesUnderOldKeys(boolean client) throws Exception {
        var raw = connected(client);
        refuses(
                client,
                Violation.BAD_RECORD,
                raw.seal(new KeyUpdate(false)),
                raw.seal(ContentType.APPLICATION_DATA, DATA));
    }

    @Test
    void aTypeOfRecordThatNobodyKnowsIsUnexpected() throws Exception {
        for (boolean client : new boolean[] {true, false}) {
            var fresh = new Records13Test();
            fresh.pair.handshake();
            fresh.refuses(client, Violation.UNKNOWN_CONTENT_TYPE, HexFormat.of().parseHex("190303000100"));
        }
    }

    /** RFC 8446 §5.1: legacy_record_version means nothing; of the numbers of SSL and TLS at least. */
    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x01, 0x02, 0x04, 0x7F, 0xFF})
    void theVersionOfARecordMeansNothing(int minor) throws Exception {
        pair.handshake(flight -> versioned(flight, minor));
        for (boolean client : new boolean[] {true, false}) {
            end(client).deliver(versioned(end(!client).seal(DATA), minor));
            end(client).receive();
            assertArrayEquals(DATA, end(client).data());
        }
    }

    private static byte[] versioned(byte[] flight, int minor) {
        byte[] changed = flight.clone();
        for (int start = 0; start < flight.length; ) {
            changed[start + 2] = (byte) minor;
            start += HEADER + ((flight[start + 3] & 0xFF) << 8 | flight[start + 4] & 0xFF);
        }
        return changed;
    }

    /** RFC 8446 §6.1: whatever comes behind close_notify is ignored. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatComesBehindClosureIsIgnored(boolean client) throws Exception {
        var raw = connected(client);
        end(client).deliver(raw.seal(ContentType.ALERT, (byte) 1, (byte) 0));
        end(client).deliver(raw.seal(ContentType.APPLICATION_DATA, DATA));
        end(client).deliver(plain(ContentType.HANDSHAKE, DATA));
        end(client).receive();
        assertEquals(0, end(client).data().length);
        assertTrue(end(client).connection().isInboundClosed());
        end(!client).deliver(end(client).seal(DATA));
        end(!client).receive();
        assertArrayEquals(DATA, end(!client).data());
    }

    /** RFC 8446 §6.2: whoever says or hears that something is wrong says and hears nothing more. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatComesBehindAnErrorIsIgnored(boolean client) throws Exception {
        var raw = connected(client);
        end(client).deliver(raw.seal(ContentType.ALERT, (byte) 2, (byte) 80));
        end(client).deliver(raw.seal(ContentType.APPLICATION_DATA, DATA));
        assertThrows(PeerAlertException.class, end(client)::receive);
        end(client).receive();
        assertEquals(
                List.of(0, 0), List.of(end(client).data().length, end(client).flush().length));
        assertEquals(ConnectionStatus.CLOSED, end(client).connection().status());
    }
}
