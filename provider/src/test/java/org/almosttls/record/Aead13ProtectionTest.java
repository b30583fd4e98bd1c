package org.almosttls.record;

import static org.almosttls.testkit.Hex.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.RecordKeys;
import org.almosttls.crypto.Secret;
import org.almosttls.crypto.jca.JcaBackend;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.Tls13Suite;
import org.almosttls.testkit.Provocations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8446 §5.2 to §5.4, with the records of RFC 8448 §3. */
class Aead13ProtectionTest {

    private static final String SERVER_KEY = "9f02283b6c9c07efc26bb9f2ac92e356";
    private static final String SERVER_IV = "cf782b88dd83549aadf1e984";
    private static final String CLIENT_KEY = "17422dda596ed5d9acd890e3c63f5051";
    private static final String CLIENT_IV = "5b78923dee08579033e523d9";

    private static final Tls13Suite GCM =
            Tls13Suite.of(CipherSuite.TLS_AES_128_GCM_SHA256).orElseThrow();

    static List<Tls13Suite> suites() {
        return Tls13Suite.ALL;
    }

    private static ProtectionPair pair(Tls13Suite suite, byte[] key, byte[] iv) {
        return pair(suite, key, iv, RecordPadding.NONE);
    }

    private static ProtectionPair pair(Tls13Suite suite, byte[] key, byte[] iv, RecordPadding padding) {
        var keys = new RecordKeys(Secret.owning(new byte[0]), Secret.owning(key), Secret.owning(iv));
        var protections = new Tls13Protections(suite, new JcaBackend());
        return new ProtectionPair(keys, protections.sealing(keys, padding), protections.opening(keys));
    }

    private static ProtectionPair pair(Tls13Suite suite) {
        return pair(suite, RecordPadding.NONE);
    }

    static ProtectionPair pair(Tls13Suite suite, RecordPadding padding) {
        byte[] key = Arrays.copyOf(Records.content(32), suite.cipher().keyLength());
        return pair(suite, key, Records.content(12), padding);
    }

    /** A record with this inner plaintext, put together in the order of the RFC's text. */
    private static byte[] record(byte[] inner) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(Records.content(16), "AES"),
                new GCMParameterSpec(128, Records.content(12)));
        int length = inner.length + 16;
        byte[] header = {23, 3, 3, (byte) (length >> 8), (byte) length};
        cipher.updateAAD(header);
        return ByteBuffer.allocate(5 + length)
                .put(header)
                .put(cipher.doFinal(inner))
                .array();
    }

    private static byte[] inner(int content, int type, int padding) {
        byte[] inner = Arrays.copyOf(Records.content(content), content + 1 + padding);
        inner[content] = (byte) type;
        return inner;
    }

    private static Violation refusal(byte[] record, int room) {
        var fragment = ByteBuffer.wrap(record).position(RecordReader.HEADER_LENGTH);
        var plaintext = ByteBuffer.allocate(room + 2).position(2);
        var opening = pair(GCM).opening();
        var refusal = assertThrows(
                TlsAlertException.class, () -> opening.open(ContentType.APPLICATION_DATA, 0x0303, fragment, plaintext));
        assertEquals(2, plaintext.position());
        assertEquals(0, fragment.remaining());
        Provocations.note(refusal);
        return refusal.violation();
    }

    /** The second record of the server under these keys: the first was its ticket. */
    @Test
    void sealsTheServersRecordsOfTheRfc() throws TlsAlertException {
        var server = pair(GCM, hex(SERVER_KEY), hex(SERVER_IV));
        server.seal(new byte[0]);
        assertArrayEquals(
                hex("17030300432e937e11ef4ac740e538ad36005fc4a46932fc3225d05f82aa1b36e30efaf97d90e6dffc602dcb501a59a8fc"
                        + "c49c4bf2e5f0a21c0047c2abf332540dd032e167c2955d"),
                server.seal(Records.content(50)));
        var network = ByteBuffer.allocate(24);
        server.sealing().seal(ContentType.ALERT, ByteBuffer.wrap(new byte[] {1, 0}), network);
        assertArrayEquals(hex("1703030013b58fd67166ebf599d24720cfbe7efa7a8864a9"), network.array());
    }

    @Test
    void opensTheClientsRecordsOfTheRfc() throws TlsAlertException {
        var client = pair(GCM, hex(CLIENT_KEY), hex(CLIENT_IV));
        assertArrayEquals(
                Records.content(50),
                client.open(
                        hex("1703030043a23f7054b62c94d0affafe8228ba55cbefacea42f914aa66bcab3f2b9819a8a5b46b395bd54a9a"
                                + "20441e2b62974e1f5a6292a2977014bd1e3deae63aeebb21694915e4")));
        var alert = ByteBuffer.wrap(hex("c9872760655666b74d7ff1153efd6db6d0b0e3"));
        var plaintext = ByteBuffer.allocate(2);
        assertEquals(ContentType.ALERT, client.opening().open(ContentType.APPLICATION_DATA, 0x0303, alert, plaintext));
        assertArrayEquals(new byte[] {1, 0}, plaintext.array());
    }

    @ParameterizedTest
    @MethodSource("suites")
    void opensWhatWasSealedAtEveryLength(Tls13Suite suite) throws TlsAlertException {
        var pair = pair(suite);
        for (int length : List.of(0, 1, 15, 16, 17, 255, 4096, 16383, 16384)) {
            byte[] sealed = pair.seal(Records.content(length));
            assertEquals(pair.sealing().sealedLength(length), sealed.length);
            assertArrayEquals(Records.content(length), pair.open(sealed));
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void aRecordCannotBeReplayedOrChanged(Tls13Suite suite) throws TlsAlertException {
        var pair = pair(suite);
        byte[] record = pair.seal(Records.content(20));
        assertArrayEquals(Records.content(20), pair.open(record));
        Records.assertBadRecord(pair, record);
        for (int i = RecordReader.HEADER_LENGTH; i < record.length; i++) {
            byte[] changed = record.clone();
            changed[i] ^= 0x40;
            Records.assertBadRecord(pair(suite), changed);
        }
    }

    /** RFC 8446 §5.4: with the caller's room exact, with room for type and padding, and aside. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 1000})
    void paddingIsTakenOff(int padding) throws Exception {
        byte[] record = record(inner(50, 23, padding));
        for (int room : List.of(50, 51, 50 + padding, 51 + padding)) {
            var fragment = ByteBuffer.wrap(record).position(RecordReader.HEADER_LENGTH);
            var plaintext = ByteBuffer.allocate(room);
            var type = pair(GCM).opening().open(ContentType.APPLICATION_DATA, 0x0303, fragment, plaintext);
            assertEquals(ContentType.APPLICATION_DATA, type);
            assertArrayEquals(Records.content(50), Arrays.copyOf(plaintext.array(), plaintext.position()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 200})
    void nothingButZeroesHasNoType(int padding) throws Exception {
        assertEquals(Violation.CONTENT_TYPE_MISSING, refusal(record(new byte[1 + padding]), 300));
        assertEquals(Violation.CONTENT_TYPE_MISSING, refusal(record(new byte[1 + padding]), padding));
    }

    @Test
    void anUnknownInnerTypeIsRefused() throws Exception {
        assertEquals(Violation.UNKNOWN_CONTENT_TYPE, refusal(record(inner(5, 99, 3)), 100));
    }

    /** RFC 8446 §5.2: padding counts. */
    @Test
    void tooMuchInsideIsAnOverflow() throws Exception {
        byte[] most = record(inner(100, 23, RecordReader.MAX_PLAINTEXT - 100));
        assertEquals(100, pair(GCM).open(most).length);
        byte[] more = record(inner(100, 23, RecordReader.MAX_PLAINTEXT - 99));
        assertEquals(Violation.RECORD_TOO_LONG, refusal(more, 20_000));
        assertEquals(Violation.RECORD_TOO_LONG, refusal(new byte[5 + RecordReader.MAX_PLAINTEXT + 257], 20_000));
    }

    @Test
    void whatIsTooShortForAnyContentIsBad() {
        for (int length = 0; length < 17; length++)
            assertEquals(Violation.BAD_RECORD, refusal(new byte[RecordReader.HEADER_LENGTH + length], 100));
    }

    @Test
    void anythingElseThanApplicationDataOutsideIsUnexpected() throws Exception {
        var fragment = ByteBuffer.wrap(record(inner(5, 22, 0))).position(RecordReader.HEADER_LENGTH);
        var opening = pair(GCM).opening();
        var refusal = assertThrows(
                TlsAlertException.class,
                () -> opening.open(ContentType.HANDSHAKE, 0x0303, fragment, ByteBuffer.allocate(100)));
        assertEquals(Violation.UNEXPECTED_MESSAGE, refusal.violation());
    }

    @Test
    void saysHowMuchRoomAFragmentNeeds() {
        var opening = pair(GCM).opening();
        assertEquals(0, opening.openedBound(0));
        assertEquals(3, opening.openedBound(20));
        assertTrue(opening.openedBound(RecordReader.MAX_FRAGMENT) <= RecordReader.MAX_PLAINTEXT);
    }
}
