package org.almosttls.wire;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** RFC 5246 §4: writes numbers and vectors; a length prefix is filled in when what it measures is complete. */
public final class WireWriter {

    private byte[] bytes = new byte[256];
    private int length;

    public WireWriter uint8(int value) {
        return number(value, 1);
    }

    public WireWriter uint16(int value) {
        return number(value, 2);
    }

    public WireWriter uint24(int value) {
        return number(value, 3);
    }

    public WireWriter uint32(long value) {
        return number((int) (value >>> 16), 2).number((int) value & 0xFFFF, 2);
    }

    public WireWriter opaque(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    public WireWriter opaque8(byte[] value) {
        return uint8(value.length).opaque(value);
    }

    public WireWriter opaque16(byte[] value) {
        return uint16(value.length).opaque(value);
    }

    public WireWriter opaque24(byte[] value) {
        return uint24(value.length).opaque(value);
    }

    /** Whatever {@code body} writes, behind its length in one octet. */
    public WireWriter vector8(Consumer<WireWriter> body) {
        return vector(1, body);
    }

    /** Whatever {@code body} writes, behind its length in two octets. */
    public WireWriter vector16(Consumer<WireWriter> body) {
        return vector(2, body);
    }

    /** Whatever {@code body} writes, behind its length in three octets. */
    public WireWriter vector24(Consumer<WireWriter> body) {
        return vector(3, body);
    }

    /** The elements one after the other, behind their length in octets in one octet. */
    public <T> WireWriter list8(List<T> elements, Consumer<T> encode) {
        return vector8(out -> elements.forEach(encode));
    }

    /** The elements one after the other, behind their length in octets in two octets. */
    public <T> WireWriter list16(List<T> elements, Consumer<T> encode) {
        return vector16(out -> elements.forEach(encode));
    }

    /** The elements one after the other, behind their length in octets in three octets. */
    public <T> WireWriter list24(List<T> elements, Consumer<T> encode) {
        return vector24(out -> elements.forEach(encode));
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    private WireWriter vector(int octets, Consumer<WireWriter> body) {
        int start = length;
        number(0, octets);
        body.accept(this);
        int end = length;
        length = start;
        number(end - start - octets, octets);
        length = end;
        return this;
    }

    private WireWriter number(int value, int octets) {
        if (value >>> 8 * octets != 0) throw new IllegalStateException(value + " does not fit " + octets + " octets");
        reserve(octets);
        for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) bytes[length++] = (byte) (value >>> shift);
        return this;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
}
