package org.almosttls.extension;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ExtensionType;
import org.almosttls.wire.WireReader;
import org.almosttls.wire.WireWriter;

/** RFC 6066 §4: the most octets of plaintext in a record, in either direction; by number, which may mean nothing. */
public record MaxFragmentLength(int code) implements Extension {

    private static final int FIRST = 1;
    private static final int LAST = 4;
    private static final int BITS_BEFORE_FIRST = 8;

    /** The longest that is not above so many octets, or the shortest there is. */
    public static MaxFragmentLength atMost(int octets) {
        int code = LAST;
        while (code > FIRST && new MaxFragmentLength(code).octets() > octets) code--;
        return new MaxFragmentLength(code);
    }

    @Override
    public ExtensionType type() {
        return ExtensionType.MAX_FRAGMENT_LENGTH;
    }

    /** Whether the number means a length: 1 to 4 stand for 2^9 to 2^12. */
    public boolean isDefined() {
        return code >= FIRST && code <= LAST;
    }

    /** The length of a defined number. */
    public int octets() {
        return 1 << BITS_BEFORE_FIRST + code;
    }

    static MaxFragmentLength decode(WireReader in) throws TlsAlertException {
        return new MaxFragmentLength(in.uint8());
    }

    @Override
    public void encode(WireWriter out) {
        out.uint8(code);
    }
}
