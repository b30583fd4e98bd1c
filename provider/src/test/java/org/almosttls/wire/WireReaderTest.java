package org.almosttls.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.testkit.Expect;
import org.junit.jupiter.api.Test;

class WireReaderTest {

    private static WireReader over(String hex) {
        return new WireReader(HexFormat.of().parseHex(hex));
    }

    /** RFC 5246 §4.4: numbers are big-endian, here with the top bit set, which must not turn into a sign. */
    @Test
    void numbersAreBigEndianAndUnsigned() throws TlsAlertException {
        var in = over("fe" + "fedc" + "fedcba" + "fedcba98");
        assertEquals(0xFE, in.uint8());
        assertEquals(0xFEDC, in.uint16());
        assertEquals(0xFEDCBA, in.uint24());
        assertEquals(0xFEDCBA98L, in.uint32());
        assertFalse(in.hasMore());
    }

    @Test
    void aNumberThatIsCutIsMalformed() {
        Expect.violation(Violation.MALFORMED_MESSAGE, () -> over("").uint8());
        Expect.violation(Violation.MALFORMED_MESSAGE, () -> over("00").uint16());
        Expect.violation(Violation.MALFORMED_MESSAGE, () -> over("0000").uint24());
        Expect.violation(Violation.MALFORMED_MESSAGE, () -> over("000000").uint32());
    }

    @Test
    void opaquesKeepToTheirBounds() throws TlsAlertException {
        assertArrayEquals(new byte[] {1}, over("01" + "01").opaque8(1));
        assertArrayEquals(new byte[] {1, 2}, over("0002" + "0102").opaque16(2));
        assertArrayEquals(new byte[0], over("000000").opaque24(0));
        Expect.violation(Violation.MALFORMED_MESSAGE, () -> over("00").opaque8(1));
        Expect.violation(Violation.MALFORMED_MESSAGE, () -> over("0001" + "01").opaque16(2));
        Expect.violation(Violation.MALFORMED_MESSAGE, () -> over("000000").opaque24(1));
        Expect.violation(
                Violation.MALFORMED_MESSAGE, () -> over("03" + "010203").opaque8(0, 2));
    }

    /** The longest length a prefix can say must not be believed, nor reserve memory. */
    @Test
    void aLengthBeyondTheEndIsMalformed() {
        Expect.violation(Violation.MALFORMED_MESSAGE, () -> over("02" + "01").opaque8(0));
        Expect.violation(Violation.MALFORMED_MESSAGE, () -> over("ffff" + "01").opaque16(0));
        Expect.violation(
                Violation.MALFORMED_MESSAGE, () -> over("ffffff" + "01").opaque24(0));
        Expect.violation(
                Violation.MALFORMED_MESSAGE, () -> over("ffffff" + "01").list24(0, WireReader::uint8));
    }

    @Test
    void listsEndWhereTheirLengthSays() throws TlsAlertException {
        var in = over("02" + "0102" + "0004" + "00010002" + "000001" + "07" + "ff");
        assertEquals(List.of(1, 2), in.list8(1, WireReader::uint8));
        assertEquals(List.of(1, 2), in.list16(2, WireReader::uint16));
        assertEquals(List.of(7), in.list24(0, WireReader::uint8));
        assertTrue(in.hasMore());
    }

    @Test
    void anElementCannotReachBeyondItsList() {
        Expect.violation(
                Violation.MALFORMED_MESSAGE,
                () -> over("0003" + "000100" + "02").list16(2, WireReader::uint16));
        Expect.violation(
                Violation.MALFORMED_MESSAGE, () -> over("0002" + "02aa" + "bb").list16(0, each -> each.opaque8(0)));
    }

    @Test
    void listsKeepToTheirLowerBound() {
        Expect.violation(Violation.MALFORMED_MESSAGE, () -> over("00").list8(1, WireReader::uint8));
        Expect.violation(Violation.MALFORMED_MESSAGE, () -> over("0000").list16(2, WireReader::uint16));
        Expect.violation(Violation.MALFORMED_MESSAGE, () -> over("000000").list24(1, WireReader::uint8));
    }

    @Test
    void theRestIsAllThatIsLeft() throws TlsAlertException {
        var in = over("010203");
        in.uint8();
        assertArrayEquals(new byte[] {2, 3}, in.rest());
        in.end();
    }

    @Test
    void anEndThatIsNotThereIsMalformed() {
        var thrown =
                Expect.violation(Violation.MALFORMED_MESSAGE, () -> over("0000").end());
        assertEquals("message that cannot be decoded: 2 octets too many", thrown.getMessage());
    }

    @Test
    void whatWasReadIsACopy() throws TlsAlertException {
        byte[] bytes = {1, 5};
        var read = new WireReader(bytes).opaque8(1);
        bytes[1] = 6;
        assertArrayEquals(new byte[] {5}, read);
    }
}
