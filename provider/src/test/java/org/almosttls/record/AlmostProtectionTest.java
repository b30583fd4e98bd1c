package org.almosttls.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.RecordKeys;
import org.almosttls.crypto.Secret;
import org.almosttls.crypto.jca.JcaBackend;
import org.almosttls.registry.ContentType;
import org.almosttls.testkit.Expect;
import org.almosttls.testkit.FixedRandomness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The textbook's record: what it lets pass, and what it says of what it does not. */
class AlmostProtectionTest {

    private final FixedRandomness random = new FixedRandomness(5);
    private final RecordKeys keys = new RecordKeys(
            Secret.owning(random.bytes(32)), Secret.owning(random.bytes(16)), Secret.owning(new byte[0]));
    private final RecordProtection sealing = whole().sealing(keys);
    private final RecordProtection opening = whole().opening(keys);

    private AlmostProtections whole() {
        return new AlmostProtections(new JcaBackend(), random);
    }

    private byte[] seal(int length) throws TlsAlertException {
        return Records.seal(sealing, Records.content(length));
    }

    private static byte[] open(RecordProtection opening, byte[] record) throws TlsAlertException {
        return Records.open(opening, record);
    }

    private TlsAlertException refusal(byte[] record) {
        return assertThrows(TlsAlertException.class, () -> open(opening, record));
    }

    @Test
    void opensWhatWasSealedAtEveryLength() throws TlsAlertException {
        for (int length : List.of(0, 1, 15, 16, 17, 100, 4096, 16383, 16384)) {
            byte[] record = seal(length);
            assertEquals(sealing.sealedLength(length), record.length);
            assertArrayEquals(Records.content(length), open(opening, record));
        }
    }

    @Test
    void aRecordIsOfTheTextbooksVersion() throws TlsAlertException {
        var record = ByteBuffer.wrap(seal(10));
        assertEquals(23, record.get());
        assertEquals((short) 0xA101, record.getShort());
        assertEquals(record.getShort(), record.remaining());
    }

    @Test
    void aRecordReplayedIsToldAsSuch() throws TlsAlertException {
        byte[] record = seal(20);
        open(opening, record);
        var refusal = refusal(record);
        assertEquals(Violation.RECORD_OUT_OF_ORDER, refusal.violation());
        assertTrue(refusal.getMessage().endsWith("record number 0 came where number 1 was due"), refusal.getMessage());
    }

    @Test
    void aRecordDroppedIsToldAsSuch() throws TlsAlertException {
        seal(20);
        seal(20);
        var refusal = refusal(seal(20));
        assertEquals(Violation.RECORD_OUT_OF_ORDER, refusal.violation());
        assertTrue(refusal.getMessage().endsWith("record number 2 came where number 0 was due"), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17})
    void placesAreLookedForWithinReach(int dropped) throws TlsAlertException {
        for (int i = 0; i < dropped; i++) seal(1);
        var expected = dropped == 16 ? Violation.RECORD_OUT_OF_ORDER : Violation.BAD_RECORD;
        assertEquals(expected, refusal(seal(1)).violation());
    }

    @Test
    void everyOctetThatIsChangedIsNoticedAsAChange() throws TlsAlertException {
        for (int at = RecordReader.HEADER_LENGTH; at < sealing.sealedLength(20); at++) {
            var fresh = whole().opening(keys);
            byte[] record = Records.seal(whole().sealing(keys), Records.content(20));
            record[at] ^= 0x40;
            var refusal = assertThrows(TlsAlertException.class, () -> open(fresh, record));
            assertEquals(Violation.BAD_RECORD, refusal.violation(), "octet " + at);
            assertTrue(refusal.getMessage().contains("altered"), refusal.getMessage());
        }
    }

    @Test
    void aLengthThatFitsNoBlocksIsRefusedLikeAnyOther() throws TlsAlertException {
        byte[] record = seal(100);
        for (int cut = 1; cut < record.length - RecordReader.HEADER_LENGTH; cut++) {
            var fresh = whole().opening(keys);
            byte[] shorter = Arrays.copyOf(record, record.length - cut);
            shorter[3] = (byte) (shorter.length - 5 >> 8);
            shorter[4] = (byte) (shorter.length - 5);
            Expect.violation(Violation.BAD_RECORD, () -> open(fresh, shorter));
        }
    }

    @Test
    void anotherTypeOrVersionIsNoticed() throws TlsAlertException {
        byte[] record = seal(20);
        var fragment = ByteBuffer.wrap(record).position(5);
        var room = ByteBuffer.allocate(100);
        assertThrows(TlsAlertException.class, () -> opening.open(ContentType.ALERT, 0xA101, fragment, room));
        assertEquals(0, room.position());
    }

    @Test
    void theKeysOfTheOtherDirectionOpenNothing() throws TlsAlertException {
        var others = new RecordKeys(
                Secret.owning(random.bytes(32)), Secret.owning(random.bytes(16)), Secret.owning(new byte[0]));
        var wrong = whole().opening(others);
        byte[] record = seal(20);
        Expect.violation(Violation.BAD_RECORD, () -> open(wrong, record));
    }

    /** What the peer could learn from is the same octets whatever was wrong; that the work is, is CbcRecordMac's. */
    @Test
    void paddingMacLengthAndOrderHaveOneAlert() {
        var alerts = new ArrayList<>();
        for (var violation : List.of(Violation.BAD_RECORD, Violation.RECORD_OUT_OF_ORDER, Violation.STREAM_CUT_OFF))
            alerts.add(violation.alert());
        assertEquals(1, alerts.stream().distinct().count());
    }

    @Test
    void withoutSequenceNumbersOrderDoesNotMatter() throws TlsAlertException {
        var blindSealing = whole().withoutSequenceNumbers().sealing(keys);
        var blindOpening = whole().withoutSequenceNumbers().opening(keys);
        byte[] first = Records.seal(blindSealing, Records.content(1));
        byte[] second = Records.seal(blindSealing, Records.content(2));
        assertArrayEquals(Records.content(2), open(blindOpening, second));
        assertArrayEquals(Records.content(1), open(blindOpening, first));
        assertArrayEquals(Records.content(1), open(blindOpening, first));
    }

    @Test
    void withoutEncryptionTheContentIsThereToRead() throws TlsAlertException {
        byte[] record = Records.seal(whole().withoutEncryption().sealing(keys), Records.content(16));
        assertArrayEquals(Records.content(16), Arrays.copyOfRange(record, 21, 37));
        assertArrayEquals(Records.content(16), open(whole().withoutEncryption().opening(keys), record));
    }

    @Test
    void withoutHmacAChangeOfTheIvChangesTheContent() throws TlsAlertException {
        byte[] record = Records.seal(whole().withoutHmac().sealing(keys), Records.content(16));
        record[5] ^= 0x7F;
        byte[] content = open(whole().withoutHmac().opening(keys), record);
        assertEquals(Records.content(16)[0] ^ 0x7F, content[0]);
        assertArrayEquals(Arrays.copyOfRange(Records.content(16), 1, 16), Arrays.copyOfRange(content, 1, 16));
    }
}
