package org.almosttls.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;

/** RFC 5246 §4: reads numbers and vectors from one bounded slice; whatever does not fit is a decode_error. */
public final class WireReader {

    /** Decodes one element of a list. */
    @FunctionalInterface
    public interface Element<T> {
        T decode(WireReader in) throws TlsAlertException;
    }

    private static final int MOST_AWAITED = 40;

    private final byte[] bytes;
    private final int end;
    private int position;

    /** Reads {@code bytes} from start to end; the array is not copied and must not change meanwhile. */
    public WireReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private WireReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    public int uint8() throws TlsAlertException {
        return bytes[take(1)] & 0xFF;
    }

    public int uint16() throws TlsAlertException {
        int start = take(2);
        return (bytes[start] & 0xFF) << 8 | bytes[start + 1] & 0xFF;
    }

    public int uint24() throws TlsAlertException {
        int start = take(3);
        return (bytes[start] & 0xFF) << 16 | (bytes[start + 1] & 0xFF) << 8 | bytes[start + 2] & 0xFF;
    }

    /** As an unsigned number, 0 to 2^32 - 1. */
    public long uint32() throws TlsAlertException {
        return (long) uint16() << 16 | uint16();
    }

    /** Exactly {@code length} octets, as a copy. */
    public byte[] opaque(int length) throws TlsAlertException {
        int start = take(length);
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    /** {@code opaque<atLeast..2^8-1>}: octets behind a length of one octet. */
    public byte[] opaque8(int atLeast) throws TlsAlertException {
        return opaque8(atLeast, 0xFF);
    }

    /** {@code opaque<atLeast..atMost>}: octets behind a length of one octet. */
    public byte[] opaque8(int atLeast, int atMost) throws TlsAlertException {
        return opaque(within(atLeast, uint8(), atMost));
    }

    /** {@code opaque<atLeast..2^16-1>}: octets behind a length of two octets. */
    public byte[] opaque16(int atLeast) throws TlsAlertException {
        return opaque(within(atLeast, uint16(), 0xFFFF));
    }

    /** {@code opaque<atLeast..2^24-1>}: octets behind a length of three octets. */
    public byte[] opaque24(int atLeast) throws TlsAlertException {
        return opaque(within(atLeast, uint24(), 0xFFFFFF));
    }

    /** {@code T<atLeast..2^8-1>}: elements up to the end of a list whose length in octets stands in one octet. */
    public <T> List<T> list8(int atLeast, Element<T> element) throws TlsAlertException {
        return slice(within(atLeast, uint8(), 0xFF)).elements(element);
    }

    /** {@code T<atLeast..2^16-1>}: elements up to the end of a list whose length in octets stands in two octets. */
    public <T> List<T> list16(int atLeast, Element<T> element) throws TlsAlertException {
        return vector16(atLeast).elements(element);
    }

    /** {@code T<atLeast..2^24-1>}: elements up to the end of a list whose length in octets stands in three octets. */
    public <T> List<T> list24(int atLeast, Element<T> element) throws TlsAlertException {
        return slice(within(atLeast, uint24(), 0xFFFFFF)).elements(element);
    }

    /** A reader of the octets behind a length of two octets. */
    public WireReader vector16(int atLeast) throws TlsAlertException {
        return slice(within(atLeast, uint16(), 0xFFFF));
    }

    /** A reader of the octets behind a length of three octets. */
    public WireReader vector24() throws TlsAlertException {
        return slice(uint24());
    }

    /** All that is left, as a copy. */
    public byte[] rest() throws TlsAlertException {
        return opaque(end - position);
    }

    public boolean hasMore() {
        return position < end;
    }

    /** Fails if anything is left. */
    public void end() throws TlsAlertException {
        if (hasMore()) throw Violation.MALFORMED_MESSAGE.exception(end - position + " octets too many");
    }

    private WireReader slice(int length) throws TlsAlertException {
        int start = take(length);
        return new WireReader(bytes, start, start + length);
    }

    private <T> List<T> elements(Element<T> element) throws TlsAlertException {
        // Most lists are of numbers, and most are short.
        var all = new ArrayList<T>(Math.min(MOST_AWAITED, (end - position) / 2));
        while (hasMore()) all.add(element.decode(this));
        return List.copyOf(all);
    }

    private static int within(int atLeast, int length, int atMost) throws TlsAlertException {
        if (length >= atLeast && length <= atMost) return length;
        throw Violation.MALFORMED_MESSAGE.exception("length " + length + " is not within " + atLeast + ".." + atMost);
    }

    private int take(int length) throws TlsAlertException {
        int start = position;
        if (length > end - start) throw Violation.MALFORMED_MESSAGE.exception("it ends too early");
        position = start + length;
        return start;
    }
}
