package org.almosttls.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.Tls12Suite;
import org.almosttls.testkit.Expect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Aead12ProtectionTest {

    static List<Tls12Suite> suites() {
        return List.of(Records.GCM, Records.GCM_256);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void sealsAsTheRfcSays(Tls12Suite suite) throws TlsAlertException, GeneralSecurityException, IOException {
        var pair = ProtectionPair.of(suite);
        for (int sequence = 0; sequence < 300; sequence++) {
            byte[] content = Records.content(sequence * 7);
            assertArrayEquals(PlainlyFromTheRfc.gcm(pair.keys(), sequence, content), pair.seal(content));
        }
    }

    @Test
    void noOctetCanBeChanged() throws TlsAlertException {
        byte[] sealed = ProtectionPair.of(Records.GCM).seal(Records.content(50));
        for (int i = RecordReader.HEADER_LENGTH; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 0x40;
            Records.assertBadRecord(ProtectionPair.of(Records.GCM), changed);
        }
    }

    @Test
    void typeAndVersionCannotBeChanged() throws TlsAlertException {
        byte[] sealed = ProtectionPair.of(Records.GCM).seal(Records.content(50));
        assertBadRecord(ContentType.HANDSHAKE, 0x0303, sealed);
        assertBadRecord(ContentType.APPLICATION_DATA, 0x0302, sealed);
    }

    private static void assertBadRecord(ContentType type, int version, byte[] sealed) {
        var fragment = ByteBuffer.wrap(sealed).position(RecordReader.HEADER_LENGTH);
        var opening = ProtectionPair.of(Records.GCM).opening();
        Expect.violation(Violation.BAD_RECORD, () -> opening.open(type, version, fragment, ByteBuffer.allocate(100)));
    }

    @Test
    void cutRecordsAreBad() throws TlsAlertException {
        byte[] sealed = ProtectionPair.of(Records.GCM).seal(Records.content(20));
        for (int length = RecordReader.HEADER_LENGTH; length < sealed.length; length++) {
            Records.assertBadRecord(ProtectionPair.of(Records.GCM), Arrays.copyOf(sealed, length));
        }
    }

    @Test
    void nothingOfABadRecordReachesTheCaller() throws TlsAlertException {
        var pair = ProtectionPair.of(Records.GCM);
        byte[] sealed = pair.seal(Records.content(5000));
        sealed[sealed.length - 1] ^= 1;
        var plaintext = ByteBuffer.allocate(6000).position(3);
        var fragment = ByteBuffer.wrap(sealed).position(RecordReader.HEADER_LENGTH);
        assertThrows(
                TlsAlertException.class,
                () -> pair.opening().open(ContentType.APPLICATION_DATA, 0x0303, fragment, plaintext));
        assertEquals(3, plaintext.position());
        assertArrayEquals(new byte[6000], plaintext.array());
        assertEquals(0, fragment.remaining());
    }

    @Test
    void moreThanAllowedIsTooLong() {
        var fragment = ByteBuffer.allocate(8 + RecordReader.MAX_PLAINTEXT + 1 + 16);
        var opening = ProtectionPair.of(Records.GCM).opening();
        var refusal = assertThrows(
                TlsAlertException.class,
                () -> opening.open(ContentType.APPLICATION_DATA, 0x0303, fragment, ByteBuffer.allocate(20000)));
        assertEquals(Violation.RECORD_TOO_LONG, refusal.violation());
    }
}
