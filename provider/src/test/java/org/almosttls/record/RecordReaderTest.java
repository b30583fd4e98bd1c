package org.almosttls.record;

import static org.almosttls.testkit.Hex.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.ContentType;
import org.almosttls.testkit.Expect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {

    private static final String RECORD = "17 0303 0003 a1b2c3";

    private final RecordReader reader = new RecordReader();

    @Test
    void findsARecordOnceItIsWholeAndConsumesNothing() throws TlsAlertException {
        byte[] whole = hex(RECORD);
        for (int length = 0; length <= whole.length; length++) {
            var network = ByteBuffer.wrap(whole, 0, length);
            assertEquals(length == whole.length, reader.find(network), length + " octets");
            assertEquals(0, network.position());
        }
        assertEquals(ContentType.APPLICATION_DATA, reader.type());
        assertEquals(0x0303, reader.version());
        assertEquals(3, reader.fragmentLength());
    }

    @Test
    void readsTheSameFromABufferInLittleEndianOrder() throws TlsAlertException {
        var network = ByteBuffer.wrap(hex(RECORD)).order(ByteOrder.LITTLE_ENDIAN);
        assertTrue(reader.find(network));
        assertEquals(0x0303, reader.version());
        assertEquals(3, reader.fragmentLength());
        assertEquals(0, reader.missing(network));
    }

    @Test
    void saysHowMuchIsMissing() {
        byte[] whole = hex(RECORD);
        for (int length = 0; length <= whole.length; length++) {
            int toKnow = length < 5 ? 5 : whole.length;
            assertEquals(toKnow - length, reader.missing(ByteBuffer.wrap(whole, 0, length)));
        }
    }

    /** RFC 5246 §E.1: a server must take any {03,XX} in the first record. */
    @ParameterizedTest
    @ValueSource(ints = {0x0300, 0x0301, 0x0302, 0x0303, 0x0304, 0x03FF})
    void takesAnyMinorVersionAtFirst(int version) throws TlsAlertException {
        assertTrue(reader.find(ByteBuffer.wrap(hex("16%04x000100".formatted(version)))));
        assertEquals(version, reader.version());
    }

    @Test
    void takesOneVersionOnceItIsAgreedAndTheKeysAreUsed() throws TlsAlertException {
        reader.agreeVersion(0x0303);
        assertTrue(reader.find(ByteBuffer.wrap(hex("17 0301 0003 a1b2c3"))));
        reader.requireAgreedVersion();
        assertTrue(reader.find(ByteBuffer.wrap(hex(RECORD))));
        assertRefused(Violation.WRONG_RECORD_VERSION, "17 0301 0003 a1b2c3");
        assertRefused(Violation.WRONG_RECORD_VERSION, "17 0403 0003 a1b2c3");
    }

    @Test
    void refusesUnknownTypesAndMajorVersionsLater() throws TlsAlertException {
        assertTrue(reader.find(ByteBuffer.wrap(hex(RECORD))));
        assertRefused(Violation.UNKNOWN_CONTENT_TYPE, "19 0303 0001 00");
        assertRefused(Violation.UNKNOWN_CONTENT_TYPE, "13 0303 0001 00");
        assertRefused(Violation.WRONG_RECORD_VERSION, "17 0203 0001 00");
    }

    /** RFC 5246 §6.2.3: at most 2^14 + 2048; judged before the fragment has come. */
    @Test
    void refusesRecordsThatAreTooLong() throws TlsAlertException {
        assertFalse(reader.find(ByteBuffer.wrap(hex("17 0303 4800"))));
        assertRefused(Violation.RECORD_TOO_LONG, "17 0303 4801");
        assertRefused(Violation.RECORD_TOO_LONG, "17 0303 ffff");
        assertEquals(0, reader.missing(ByteBuffer.wrap(hex("17 0303 4801"))), "nothing worth waiting for");
    }

    @ParameterizedTest
    @CsvSource({
        "'GET / HTTP/1.1', HTTP",
        "'POST /a', HTTP",
        "'HTTP/1.1 400 Bad Request', HTTP",
        "'PRI * HTTP/2.0', HTTP",
        "'SSH-2.0-OpenSSH', SSH",
        "'220 mail.example ESMTP', mail server",
        "'* OK IMAP4rev1', mail server",
        "'+OK POP3 ready', mail server",
        "'PROXY TCP4 192.0.2.1', PROXY protocol",
    })
    void saysWhatAPeerWithoutTlsLooksLike(String said, String protocol) {
        String message = refusal(said.getBytes(StandardCharsets.US_ASCII));
        assertTrue(message.startsWith("the peer does not speak TLS: it looks like "), message);
        assertTrue(message.contains(protocol), message);
    }

    @ParameterizedTest
    @CsvSource({
        "0000000804d2162f, 'PostgreSQL'",
        "802e01030100150000, SSL 2.0",
        "000000000000, 0000000000",
    })
    void saysWhatOtherOctetsLookLike(String octets, String description) {
        String message = refusal(hex(octets));
        assertTrue(message.contains(description), message);
    }

    @Test
    void eachFamilyHasAViolationForTheOther() throws TlsAlertException {
        assertRefused(Violation.ALMOST_TLS_MET, "16a101000100");
        reader.expect(RecordVersions.ALMOST);
        assertRefused(Violation.NOT_ALMOST_TLS, "160301000100");
        assertRefused(Violation.NOT_ALMOST_TLS, "16a102000100");
    }

    @ParameterizedTest
    @CsvSource({"160301000100, 16a101000100", "16a101000100, 160301000100"})
    void theFirstRecordDecidesWhichFamilyItIs(String first, String other) throws TlsAlertException {
        reader.expect(RecordVersions.EITHER);
        assertTrue(reader.find(ByteBuffer.wrap(hex(first))));
        assertRefused(Violation.WRONG_RECORD_VERSION, other);
        assertTrue(reader.find(ByteBuffer.wrap(hex(first))));
    }

    @Test
    void noVersionIsAgreedOnBeyondTheFamily() throws TlsAlertException {
        reader.expect(RecordVersions.EITHER);
        reader.find(ByteBuffer.wrap(hex("16a101000100")));
        reader.agreeVersion(0xA101);
        var refusal = assertThrows(TlsAlertException.class, () -> reader.agreeVersion(0x0303));
        assertEquals(Violation.WRONG_RECORD_VERSION, refusal.violation());
    }

    @Test
    void knowsABeginningFromAWhole() throws TlsAlertException {
        assertFalse(reader.find(ByteBuffer.wrap(hex("1603"))));
        assertTrue(reader.isCutOff());
        assertTrue(reader.find(ByteBuffer.wrap(hex("160301000100"))));
        assertFalse(reader.isCutOff());
        assertEquals(1, reader.missing(ByteBuffer.wrap(hex("1603010001"))));
        assertTrue(reader.isCutOff());
        assertEquals(5, reader.missing(ByteBuffer.allocate(0)));
        assertFalse(reader.isCutOff());
    }

    /** A peer that waits for an answer sends no more, however long the record that its text seems to announce. */
    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1", "220 mail.example", "SSH-2.0-OpenSSH"})
    void doesNotWaitForMoreOfWhatIsNotTls(String said) {
        assertEquals(0, reader.missing(ByteBuffer.wrap(said.getBytes(StandardCharsets.US_ASCII))));
    }

    private String refusal(byte[] octets) {
        return Expect.violation(Violation.NOT_TLS, () -> reader.find(ByteBuffer.wrap(octets)))
                .getMessage();
    }

    private void assertRefused(Violation violation, String octets) {
        Expect.violation(violation, () -> reader.find(ByteBuffer.wrap(hex(octets))));
    }
}
