package org.almosttls.handshake.almost;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.engine.PeerAlertException;
import org.almosttls.event.TlsEvent.AlertTransferred;
import org.almosttls.event.TlsEvent.Closed;
import org.almosttls.event.TlsEvent.Ending;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.handshake.CertificateChain;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.EncryptedMasterSecret;
import org.almosttls.registry.ProtocolVersion;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.Samples;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestConfig;
import org.almosttls.testkit.TestIdentity;
import org.almosttls.testkit.TestSessions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be wrong on an AlmostTLSv1 connection: the local user is told what, and the peer that something is. */
class WrongTest {

    private static final byte[] PLAIN_ERROR = HexFormat.of().parseHex("15a101000202a1");
    private static final byte[] DATA = {1, 2, 3};

    private static ConnectionPair pair() {
        return pair(TestConfig.alice());
    }

    private static ConnectionPair pair(TestConfig alice) {
        return new ConnectionPair(TestConfig.bob().build(), alice.build());
    }

    private static TestConfig aliceWith(TestIdentity identity) {
        return TestConfig.alice().credentials(request -> Optional.of(identity.credential()));
    }

    private static void provokes(Violation violation, End end, String... records) {
        Expect.violation(violation, () -> {
            end.connection().start();
            for (var record : records) end.deliver(HexFormat.of().parseHex(record));
            end.receive();
        });
    }

    static Stream<Arguments> firstRecords() {
        return Stream.of(
                Arguments.of(Violation.NOT_ALMOST_TLS, "474554202f20485454502f312e31"),
                Arguments.of(Violation.NOT_ALMOST_TLS, "16030100050100000103"),
                Arguments.of(Violation.NOT_ALMOST_TLS, "16a10200040000"),
                Arguments.of(Violation.RECORD_TOO_LONG, "16a1014801"),
                Arguments.of(Violation.EMPTY_FRAGMENT, "16a1010000"),
                Arguments.of(Violation.MALFORMED_ALERT, "15a101000202" + "28"),
                Arguments.of(Violation.MALFORMED_ALERT, "15a1010002" + "01a1"),
                Arguments.of(Violation.MALFORMED_ALERT, "15a1010002" + "0100"),
                Arguments.of(Violation.MALFORMED_ALERT, "15a101000102"),
                Arguments.of(Violation.UNEXPECTED_MESSAGE, "14a101000101"),
                Arguments.of(Violation.UNEXPECTED_MESSAGE, "18a10100020100"),
                Arguments.of(Violation.DATA_BEFORE_FINISHED, "17a101000100"),
                Arguments.of(Violation.UNEXPECTED_MESSAGE, "16a101000401000000"),
                Arguments.of(Violation.MALFORMED_MESSAGE, "16a1010005a100000100"));
    }

    @ParameterizedTest
    @MethodSource("firstRecords")
    void aFirstRecordThatBreaksARuleIsAnsweredByTheOneError(Violation violation, String record) throws Exception {
        var alice = new End(TestConfig.alice().build());
        provokes(violation, alice, record);
        assertArrayEquals(PLAIN_ERROR, alice.flush());
    }

    @Test
    void eachFamilyNamesTheOther() throws Exception {
        var mixed = new ConnectionPair(
                TestConfig.client().build(), TestConfig.alice().build());
        var atAlice = assertThrows(TlsAlertException.class, mixed::handshake);
        assertEquals("the peer does not speak AlmostTLSv1: it looks like TLS", atAlice.getMessage());
        mixed.client().deliver(mixed.server().flush());
        Expect.violation(Violation.ALMOST_TLS_MET, mixed.client()::receive);

        var other = new ConnectionPair(
                TestConfig.bob().build(),
                TestConfig.server(TestCertificates.rsaServer()).build());
        Expect.violation(Violation.ALMOST_TLS_MET, other::handshake);
        other.client().deliver(other.server().flush());
        Expect.violation(Violation.NOT_ALMOST_TLS, other.client()::receive);
    }

    static Stream<Arguments> misplacedHellos() {
        byte[] hello = EncodedMessage.of(Samples.clientHello()).bytes();
        return Stream.of(Arguments.of(0x0301, new byte[] {(byte) 0xA1, 0, 0, 0}), Arguments.of(0xA101, hello));
    }

    /** AlmostTLSv1 §2: told apart before anything is chosen, let alone signed. */
    @ParameterizedTest
    @MethodSource("misplacedHellos")
    void aServerOfBothFamiliesTakesNoHelloInTheOthersRecord(int version, byte[] hello) throws Exception {
        var both = new End(TestConfig.server(TestCertificates.rsaServer())
                .versions(ProtocolVersion.TLS_1_2, ProtocolVersion.ALMOST_1)
                .build());
        both.deliver(record(version, hello));
        Expect.violation(Violation.WRONG_RECORD_VERSION, both::receive);
    }

    /** RFC 5246 §7.4: to those who speak TLS only, the textbook's hello is a message like any they do not know. */
    @ParameterizedTest
    @ValueSource(strings = {"1603010004a1000000", "1603010005a100000100"})
    void aServerOfTlsKnowsNoHelloOfTheTextbook(String record) {
        provokes(
                Violation.UNEXPECTED_MESSAGE,
                new End(TestConfig.server(TestCertificates.rsaServer()).build()),
                record);
    }

    static Stream<Arguments> wrongAlices() {
        int signatureOnly = KeyUsage.digitalSignature;
        return Stream.of(
                Arguments.of(Violation.CERTIFICATE_REFUSED, TestCertificates.unknownCaRsaServer()),
                Arguments.of(Violation.CERTIFICATE_KEY_UNFIT, TestCertificates.rsaServer(signatureOnly)),
                Arguments.of(Violation.CERTIFICATE_KEY_UNFIT, TestCertificates.ecServer()));
    }

    /** Alice's own check is passed over here, as a liar would. */
    @ParameterizedTest
    @MethodSource("wrongAlices")
    void bobEncryptsNothingToAnAliceHeDoesNotBelieve(Violation violation, TestIdentity liar) throws Exception {
        var bob = new End(TestConfig.bob().build());
        bob.flush();
        var message = EncodedMessage.of(CertificateChain.encode(liar.credential()));
        Expect.violation(violation, () -> {
            bob.deliver(record(0xA101, message.bytes()));
            bob.receive();
            bob.receive();
        });
        assertArrayEquals(PLAIN_ERROR, bob.flush());
        assertFalse(bob.events()
                .all(MessageTransferred.class)
                .anyMatch(each -> each.message() instanceof EncryptedMasterSecret));
    }

    private static byte[] record(int version, byte[] message) {
        return ByteBuffer.allocate(5 + message.length)
                .put((byte) 22)
                .putShort((short) version)
                .putShort((short) message.length)
                .put(message)
                .array();
    }

    @Test
    void anAliceWithoutAnRsaKeyCannotServe() throws Exception {
        var pair = pair(aliceWith(TestCertificates.ecServer()));
        pair.server().deliver(pair.client().flush());
        Expect.violation(Violation.NO_CREDENTIAL, () -> {
            pair.server().receive();
            pair.server().receive();
        });
        assertArrayEquals(PLAIN_ERROR, pair.server().flush());
    }

    @Test
    void anAliceWhoNeedsToKnowBobCannotServe() {
        var pair = pair(TestConfig.alice().asking(ClientAuthentication.NEED));
        Expect.violation(Violation.CLIENT_AUTHENTICATION_MISSING, pair::handshake);
    }

    /** As setEnableSessionCreation(false) has it: in the textbook there is nothing to resume. */
    @Test
    void whoeverWantsNoNewSessionGetsNone() {
        var none = new TestSessions().refuseNew();
        var pair = pair(TestConfig.alice().sessions(none));
        Expect.violation(Violation.NO_SESSION_TO_RESUME, pair::handshake);
        Expect.violation(
                Violation.NO_SESSION_TO_RESUME,
                new ConnectionPair(
                        TestConfig.bob().sessions(none).build(),
                        TestConfig.alice().build())::handshake);
    }

    @Test
    void dataBehindTheCertificateInItsRecordIsRefused() throws Exception {
        var pair = pair();
        Expect.violation(
                Violation.MESSAGE_ACROSS_KEYS,
                () -> pair.handshake(bytes -> {
                    if (bytes[5] != 11) return bytes;
                    byte[] more = Arrays.copyOf(bytes, bytes.length + 1);
                    int length = more.length - 5;
                    more[3] = (byte) (length >> 8);
                    more[4] = (byte) length;
                    return more;
                }));
    }

    /** AlmostTLSv1 §4: nothing happens until Bob's first record, whatever was wrong with the secret. */
    @ParameterizedTest
    @ValueSource(ints = {11, 12, 100, 264})
    void aWrongSecretIsNoticedAtTheFirstRecordOnly(int octet) throws Exception {
        var pair = pair();
        pair.handshake(changing(0xA2, octet));
        assertTrue(pair.server().connection().session().isPresent());
        assertEquals(0, pair.server().flush().length);

        pair.server().deliver(pair.client().seal(DATA));
        Expect.violation(Violation.BAD_RECORD, pair.server()::receive);
        assertEquals(5 + 16 + 48, pair.server().flush().length, "one protected error, as after any bad record");
    }

    private static UnaryOperator<byte[]> changing(int type, int octet) {
        return bytes -> {
            if (bytes.length < 6 || (bytes[5] & 0xFF) != type) return bytes;
            byte[] changed = bytes.clone();
            changed[octet] ^= 1;
            return changed;
        };
    }

    @Test
    void theErrorAfterKeysIsProtectedAndUnderstood() throws Exception {
        var pair = pair();
        pair.handshake();
        byte[] record = pair.client().seal(DATA);
        record[30] ^= 1;
        pair.server().deliver(record);
        Expect.violation(Violation.BAD_RECORD, pair.server()::receive);

        pair.client().deliver(pair.server().flush());
        var told = assertThrows(PeerAlertException.class, pair.client()::receive);
        assertEquals("received alert failure", told.getMessage());
        assertEquals(Ending.ALERT_RECEIVED, ending(pair.client()));
        assertEquals(Ending.FAILED, ending(pair.server()));
    }

    static Stream<Arguments> spoiledStreams() {
        return Stream.of(
                Arguments.of(Violation.BAD_RECORD, (Spoiling) records -> {
                    records.get(0)[25] ^= 1;
                    return records;
                }),
                Arguments.of(
                        Violation.RECORD_OUT_OF_ORDER, (Spoiling) records -> List.of(records.get(1), records.get(0))),
                Arguments.of(
                        Violation.RECORD_OUT_OF_ORDER, (Spoiling) records -> List.of(records.get(0), records.get(0))),
                Arguments.of(Violation.RECORD_OUT_OF_ORDER, (Spoiling) records -> List.of(records.get(2))),
                Arguments.of(Violation.BAD_RECORD, (Spoiling) records -> {
                    byte[] cut = Arrays.copyOf(records.get(0), records.get(0).length - 1);
                    cut[4]--;
                    return List.of(cut);
                }));
    }

    private interface Spoiling {
        List<byte[]> of(List<byte[]> records);
    }

    /** The local line differs; what goes back to the peer is as long, and as unreadable, whatever it was. */
    @ParameterizedTest
    @MethodSource("spoiledStreams")
    void thePeerLearnsThatItFailedAndNothingElse(Violation violation, Spoiling spoiling) throws Exception {
        var pair = pair();
        pair.handshake();
        var records = List.of(
                pair.client().seal(DATA),
                pair.client().seal(DATA),
                pair.client().seal(DATA));
        Expect.violation(violation, () -> {
            for (var record : spoiling.of(records)) pair.server().deliver(record);
            pair.server().receive();
        });
        assertEquals(5 + 16 + 48, pair.server().flush().length);
        var alert =
                pair.server().events().all(AlertTransferred.class).findFirst().orElseThrow();
        assertEquals("failure", alert.description().name());
    }

    @Test
    void aStreamCutWithinARecordIsNoticed() throws Exception {
        var pair = pair();
        pair.handshake();
        byte[] record = pair.client().seal(DATA);
        pair.server().deliver(Arrays.copyOf(record, record.length - 1));
        pair.server().receive();
        Expect.violation(Violation.STREAM_CUT_OFF, pair.server().connection()::closeInbound);
        assertEquals(Ending.FAILED, ending(pair.server()));
    }

    @Test
    void aStreamCutBetweenRecordsIsNot() throws Exception {
        var pair = pair();
        pair.handshake();
        pair.server().deliver(pair.client().seal(DATA));
        pair.server().receive();
        assertTrue(pair.server().connection().closeInbound());
        pair.server().connection().closeOutbound();
        assertEquals(Ending.TRANSPORT_ENDED, ending(pair.server()));
    }

    /** AlmostTLSv1 §8: one direction has ended, and the other goes on. */
    @Test
    void whatIsSentAfterTheOtherEndHasFinishedCounts() throws Exception {
        var pair = pair();
        pair.handshake();
        pair.server().connection().closeInbound();
        pair.client().deliver(pair.server().seal(DATA));
        pair.client().receive();
        pair.server().connection().closeOutbound();
        assertEquals(DATA.length, closed(pair.server()).traffic().bytesSent());
        assertEquals(Ending.TRANSPORT_ENDED, ending(pair.server()));
    }

    /** Whoever has finished sending may still be cut off from the answer. */
    @Test
    void theEndOfAnAnswerProvesNothingEither() throws Exception {
        var pair = pair();
        pair.handshake();
        pair.client().connection().closeOutbound();
        pair.client().deliver(pair.server().seal(DATA));
        pair.client().receive();
        assertTrue(pair.client().connection().closeInbound());
        assertEquals(Ending.TRANSPORT_ENDED, ending(pair.client()));
    }

    @Test
    void aHandshakeCutAnywhereIsATruncation() throws Exception {
        var pair = pair();
        pair.server().deliver(pair.client().flush());
        pair.server().receive();
        assertFalse(pair.server().connection().closeInbound());
        assertEquals(Ending.TRUNCATED, ending(pair.server()));
    }

    @Test
    void nothingIsSaidAtTheEnd() throws Exception {
        var pair = pair();
        pair.handshake();
        pair.client().connection().closeOutbound();
        assertEquals(0, pair.client().flush().length);
        pair.client().connection().conclude();
        assertEquals(Ending.TRANSPORT_CLOSED, ending(pair.client()));
    }

    @Test
    void aHandshakeGivenUpSaysNothingEither() throws Exception {
        var bob = new End(TestConfig.bob().build());
        bob.flush();
        bob.connection().closeOutbound();
        assertEquals(0, bob.flush().length);
    }

    private static Ending ending(End end) {
        return closed(end).ending();
    }

    private static Closed closed(End end) {
        return end.events().all(Closed.class).findFirst().orElseThrow();
    }
}
