package org.almosttls.record;

import static org.almosttls.record.Records.assertBadRecord;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

class CbcHmacProtectionTest {

    private static final byte[] IV = Records.content(16);

    static List<Tls12Suite> suites() {
        return List.of(Records.CBC_SHA1, Records.CBC_SHA256);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void sealsAsTheRfcSays(Tls12Suite suite) throws TlsAlertException, GeneralSecurityException, IOException {
        var pair = ProtectionPair.of(suite);
        for (int sequence = 0; sequence < 300; sequence++) {
            byte[] content = Records.content(sequence);
            byte[] sealed = pair.seal(content);
            byte[] iv = Arrays.copyOfRange(sealed, 5, 5 + 16);
            assertArrayEquals(PlainlyFromTheRfc.cbc(pair.keys(), mac(suite), sequence, iv, content), sealed);
        }
    }

    /** RFC 5246 §6.2.3.2: the IV of a record must be unpredictable, so it cannot be the one before. */
    @Test
    void everyRecordHasAnIvOfItsOwn() throws TlsAlertException {
        var pair = ProtectionPair.of(Records.CBC_SHA256);
        byte[] one = pair.seal(Records.content(40));
        byte[] two = pair.seal(Records.content(40));
        assertFalse(Arrays.equals(one, 5, 21, two, 5, 21));
        assertFalse(Arrays.equals(one, one.length - 16, one.length, two, 5, 21), "chained to the record before");
    }

    /** RFC 5246 §6.2.3.2: padding may be any length up to 255 that makes the length right. */
    @ParameterizedTest
    @MethodSource("suites")
    void opensEveryLengthOfPadding(Tls12Suite suite) throws TlsAlertException, GeneralSecurityException, IOException {
        for (int length = 0; length < 33; length++) {
            for (int padding = leastPadding(suite, length); padding < 256; padding += 16) {
                byte[] content = Records.content(length);
                var pair = ProtectionPair.of(suite);
                assertArrayEquals(content, pair.open(padded(pair, suite, content, padding)));
            }
        }
    }

    /** RFC 8449 §4.1: a peer must not make a record longer by padding than the limit would; it does not hurt here. */
    @ParameterizedTest
    @MethodSource("suites")
    void aLimitIsOfNoMatterToPadding(Tls12Suite suite) throws TlsAlertException, GeneralSecurityException, IOException {
        byte[] content = Records.content(64);
        int padding = 240 + leastPadding(suite, 64) % 16;
        var pair = ProtectionPair.of(suite);
        byte[] record = padded(pair, suite, content, padding);
        assertArrayEquals(content, Records.open(new LimitedProtection(pair.opening(), 64), record));
    }

    @ParameterizedTest
    @MethodSource("suites")
    void refusesEveryWrongOctetOfPadding(Tls12Suite suite) throws GeneralSecurityException, IOException {
        byte[] content = Records.content(9);
        for (int padding = leastPadding(suite, 9); padding < 256; padding += 16) {
            for (int wrong = 0; wrong < padding; wrong++) {
                var pair = ProtectionPair.of(suite);
                byte[] blocks = blocks(pair, suite, content, padding);
                blocks[blocks.length - 2 - wrong] ^= 1;
                assertBadRecord(pair, PlainlyFromTheRfc.cbc(pair.keys(), IV, blocks));
            }
        }
    }

    /** Also a padding that would reach into the MAC, or beyond the record's start. */
    @ParameterizedTest
    @MethodSource("suites")
    void refusesEveryWrongLengthOfPadding(Tls12Suite suite) throws GeneralSecurityException, IOException {
        byte[] content = Records.content(9);
        int padding = leastPadding(suite, 9);
        for (int claimed = 0; claimed < 256; claimed++) {
            if (claimed == padding) continue;
            var pair = ProtectionPair.of(suite);
            byte[] blocks = blocks(pair, suite, content, padding);
            Arrays.fill(blocks, Math.max(0, blocks.length - 1 - claimed), blocks.length, (byte) claimed);
            assertBadRecord(pair, PlainlyFromTheRfc.cbc(pair.keys(), IV, blocks));
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void noOctetCanBeChanged(Tls12Suite suite) throws TlsAlertException {
        byte[] sealed = ProtectionPair.of(suite).seal(Records.content(50));
        for (int i = RecordReader.HEADER_LENGTH; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 0x40;
            assertBadRecord(ProtectionPair.of(suite), changed);
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void cutRecordsAreBad(Tls12Suite suite) throws TlsAlertException {
        byte[] sealed = ProtectionPair.of(suite).seal(Records.content(100));
        for (int length = RecordReader.HEADER_LENGTH; length < sealed.length; length++) {
            assertBadRecord(ProtectionPair.of(suite), Arrays.copyOf(sealed, length));
        }
    }

    @Test
    void nothingOfABadRecordReachesTheCaller() throws TlsAlertException {
        var pair = ProtectionPair.of(Records.CBC_SHA256);
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
    void moreThanAllowedIsTooLong() throws GeneralSecurityException, IOException {
        var pair = ProtectionPair.of(Records.CBC_SHA256);
        byte[] content = Records.content(RecordReader.MAX_PLAINTEXT + 1);
        byte[] record = padded(pair, Records.CBC_SHA256, content, leastPadding(Records.CBC_SHA256, content.length));
        Expect.violation(Violation.RECORD_TOO_LONG, () -> pair.open(record));
    }

    private static String mac(Tls12Suite suite) {
        return suite.equals(Records.CBC_SHA1) ? "HmacSHA1" : "HmacSHA256";
    }

    private static int leastPadding(Tls12Suite suite, int length) {
        return 15 - (length + suite.mac().length()) % 16;
    }

    private static byte[] padded(ProtectionPair pair, Tls12Suite suite, byte[] content, int padding)
            throws GeneralSecurityException, IOException {
        return PlainlyFromTheRfc.cbc(pair.keys(), IV, blocks(pair, suite, content, padding));
    }

    /** Content, MAC and padding of the first record. */
    private static byte[] blocks(ProtectionPair pair, Tls12Suite suite, byte[] content, int padding)
            throws GeneralSecurityException, IOException {
        byte[] mac = PlainlyFromTheRfc.mac(pair.keys(), mac(suite), 0, content);
        byte[] blocks = Arrays.copyOf(content, content.length + mac.length + padding + 1);
        System.arraycopy(mac, 0, blocks, content.length, mac.length);
        Arrays.fill(blocks, content.length + mac.length, blocks.length, (byte) padding);
        return blocks;
    }
}
