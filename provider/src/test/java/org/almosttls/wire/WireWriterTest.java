package org.almosttls.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireWriterTest {

    private static String hex(WireWriter out) {
        return HexFormat.of().formatHex(out.toByteArray());
    }

    /** RFC 5246 §4.4. */
    @Test
    void numbersAreBigEndian() {
        var out = new WireWriter().uint8(0xFE).uint16(0xFEDC).uint24(0xFEDCBA).uint32(0xFEDCBA98L);
        assertEquals("fe" + "fedc" + "fedcba" + "fedcba98", hex(out));
    }

    @Test
    void opaquesStandBehindTheirLength() {
        byte[] value = {1, 2};
        assertEquals("0102", hex(new WireWriter().opaque(value)));
        assertEquals("02" + "0102", hex(new WireWriter().opaque8(value)));
        assertEquals("0002" + "0102", hex(new WireWriter().opaque16(value)));
        assertEquals("000002" + "0102", hex(new WireWriter().opaque24(value)));
    }

    @Test
    void listsStandBehindTheirLengthInOctets() {
        var out = new WireWriter();
        out.list8(List.of(1, 2), out::uint8);
        out.list16(List.of(1, 2), out::uint16);
        out.list24(List.of(1, 2), out::uint24);
        assertEquals("02" + "0102" + "0004" + "00010002" + "000006" + "000001000002", hex(out));
    }

    @Test
    void vectorsNest() {
        var out = new WireWriter()
                .vector24(a ->
                        a.vector16(b -> b.vector8(c -> c.uint8(7)).uint8(8)).uint8(9));
        assertEquals("000006" + "0003" + "01" + "07" + "08" + "09", hex(out));
    }

    @Test
    void growsAsNeeded() {
        var out = new WireWriter().vector16(body -> body.opaque(new byte[300]).opaque(new byte[40_000]));
        var bytes = out.toByteArray();
        assertEquals(2 + 300 + 40_000, bytes.length);
        assertEquals("9d6c", HexFormat.of().formatHex(bytes, 0, 2));
    }

    /** A length that does not fit is our own mistake, never something to send. */
    @Test
    void whatDoesNotFitIsRefused() {
        assertThrows(IllegalStateException.class, () -> new WireWriter().uint8(256));
        assertThrows(IllegalStateException.class, () -> new WireWriter().uint16(-1));
        assertThrows(IllegalStateException.class, () -> new WireWriter().opaque8(new byte[256]));
        assertThrows(IllegalStateException.class, () -> new WireWriter().opaque16(new byte[65_536]));
        assertThrows(IllegalStateException.class, () -> new WireWriter().vector8(body -> body.opaque(new byte[256])));
    }
}
