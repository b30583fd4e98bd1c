package org.almosttls.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.almosttls.wire.WireWriter;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** RFC 8446 §4.2.5: whoever answers a hello can send filters, and they may be as long as an extension. */
class DerValuesTest {

    private static final int LONG = 65_000;

    /** A value with two octets of length. */
    private static byte[] der(int tag, byte[] content) {
        return new WireWriter()
                .uint8(tag)
                .uint8(0x82)
                .uint16(content.length)
                .opaque(content)
                .toByteArray();
    }

    private static byte[] ones(int length) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) 0xFF);
        return octets;
    }

    private static byte[] purpose(int length) {
        byte[] octets = ones(length);
        octets[length - 1] = 1;
        return der(0x30, der(6, octets));
    }

    @Test
    void bitsThatNoCertificateHasAreNotCounted() throws Exception {
        byte[] octets = ones(LONG);
        octets[0] = 0;
        var bits = DerValues.bits(der(3, octets));
        assertTrue(bits.size() < 100, bits.size() + " bits");
        assertTrue(bits.contains(64));
    }

    @Test
    void aLongPurposeIsNoCertificatesAndCostsNoTime() throws Exception {
        var purposes =
                Assertions.assertTimeoutPreemptively(Duration.ofSeconds(1), () -> DerValues.identifiers(purpose(LONG)));
        assertEquals(1, purposes.size());
        assertFalse(purposes.iterator().next().contains("."));
    }

    /** X.667: identifiers made of UUIDs have numbers of 128 bits. */
    @Test
    void largeNumbersAreRead() throws Exception {
        byte[] uuid = new byte[20];
        Arrays.fill(uuid, (byte) 0xFF);
        uuid[0] = 0x69;
        uuid[1] = (byte) 0x83;
        uuid[19] = 0x7F;
        assertEquals(
                Set.of("2.25.340282366920938463463374607431768211455"), DerValues.identifiers(der(0x30, der(6, uuid))));
    }
}
