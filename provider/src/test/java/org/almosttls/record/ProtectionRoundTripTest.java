package org.almosttls.record;

import static org.almosttls.testkit.Hex.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.testkit.Expect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one end seals, the other opens, in every suite. */
class ProtectionRoundTripTest {

    private static final List<Integer> LENGTHS = List.of(0, 1, 15, 16, 17, 31, 32, 100, 255, 4096, 16383, 16384);

    static List<Tls12Suite> suites() {
        return Tls12Suite.ALL;
    }

    @ParameterizedTest
    @MethodSource("suites")
    void opensWhatWasSealedAtEveryLength(Tls12Suite suite) throws TlsAlertException {
        var pair = ProtectionPair.of(suite);
        for (int length : LENGTHS) {
            byte[] content = Records.content(length);
            assertArrayEquals(content, pair.open(pair.seal(content)));
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void saysHowLongRecordsWillBe(Tls12Suite suite) throws TlsAlertException {
        var pair = ProtectionPair.of(suite);
        for (int length : LENGTHS) {
            byte[] sealed = pair.seal(Records.content(length));
            assertEquals(pair.sealing().sealedLength(length), sealed.length);
            int bound = pair.opening().openedBound(sealed.length - RecordReader.HEADER_LENGTH);
            assertTrue(bound >= length && bound <= length + 16, "bound " + bound + " for " + length);
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void noFragmentNeedsMoreRoomThanARecordMayHold(Tls12Suite suite) {
        var opening = ProtectionPair.of(suite).opening();
        assertEquals(0, opening.openedBound(0));
        assertEquals(RecordReader.MAX_PLAINTEXT, opening.openedBound(RecordReader.MAX_FRAGMENT));
    }

    @ParameterizedTest
    @MethodSource("suites")
    void worksAmidBuffersOfAnyKindAndOrder(Tls12Suite suite) throws TlsAlertException {
        var pair = ProtectionPair.of(suite);
        byte[] content = Records.content(1000);
        var source = ByteBuffer.allocateDirect(1100).order(ByteOrder.LITTLE_ENDIAN);
        source.position(50).put(content).flip().position(50);
        var network =
                ByteBuffer.allocateDirect(1500).order(ByteOrder.LITTLE_ENDIAN).position(7);
        pair.sealing().seal(ContentType.APPLICATION_DATA, source.asReadOnlyBuffer(), network);
        network.flip().position(7);
        var sealed = new byte[network.remaining()];
        network.get(sealed);
        assertArrayEquals(content, pair.open(sealed));
    }

    /** An application may have earlier records in front of this one. */
    @ParameterizedTest
    @MethodSource("suites")
    void aRecordThatIsRefusedTouchesNothingInFrontOfItsRoom(Tls12Suite suite) throws TlsAlertException {
        for (var room : List.of(ByteBuffer.allocate(200), ByteBuffer.allocateDirect(200))) {
            var pair = ProtectionPair.of(suite);
            byte[] record = pair.seal(Records.content(100));
            record[record.length - 1] ^= 1;
            byte[] earlier = Records.content(50);
            room.put(earlier);
            var fragment = ByteBuffer.wrap(record).position(RecordReader.HEADER_LENGTH);
            Expect.violation(
                    Violation.BAD_RECORD,
                    () -> pair.opening().open(ContentType.APPLICATION_DATA, 0x0303, fragment, room));
            var found = new byte[50];
            room.get(0, found);
            assertArrayEquals(earlier, found, room.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void aRecordIsOfTls12(Tls12Suite suite) throws TlsAlertException {
        var sealed = ByteBuffer.wrap(ProtectionPair.of(suite).seal(Records.content(10)));
        assertEquals(23, sealed.get());
        assertEquals(0x0303, sealed.getShort());
        assertEquals(sealed.getShort(), sealed.remaining());
    }

    @Test
    void plainRecordsPassAsTheyAre() throws TlsAlertException {
        var plain = new PlainProtection(0x0301);
        byte[] record = Records.seal(plain, Records.content(3));
        assertArrayEquals(hex("17 0301 0003 000102"), record);
        assertArrayEquals(Records.content(3), Records.open(plain, record));
        assertEquals(record.length, plain.sealedLength(3));
        byte[] tooLong = Records.seal(plain, Records.content(RecordReader.MAX_PLAINTEXT + 1));
        Expect.violation(Violation.RECORD_TOO_LONG, () -> Records.open(plain, tooLong));
    }
}
