package org.almosttls.extension;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.wire.WireReader;

/** Values of certificates' extensions as they are in {@link OidFilters}; no octets at all are the empty value. */
public final class DerValues {

    private static final int BIT_STRING = 3;
    private static final int OBJECT_IDENTIFIER = 6;
    private static final int SEQUENCE = 0x30;
    private static final int ONE_OCTET_OF_LENGTH = 0x81;
    private static final int TWO_OCTETS_OF_LENGTH = 0x82;

    /** RFC 5280 §4.2.1.3 has nine; one that is beyond is in no certificate, and does for all that may follow. */
    private static final int MOST_BITS = 64;

    /** Longer ones are in no certificate either, and to have them in dots takes the time of their square. */
    private static final int LONGEST_IDENTIFIER = 128;

    private DerValues() {}

    /** RFC 5280 §4.2.1.3: of a BIT STRING the numbers of those that are set. */
    public static Set<Integer> bits(byte[] der) throws TlsAlertException {
        var set = new HashSet<Integer>();
        if (der.length == 0) return set;
        var in = new WireReader(der);
        byte[] octets = content(BIT_STRING, in);
        in.end();
        for (int bit = 0; bit < 8 * (octets.length - 1) && set.size() <= MOST_BITS; bit++)
            if ((octets[1 + bit / 8] & 0x80 >> bit % 8) != 0) set.add(bit);
        return set;
    }

    /** RFC 5280 §4.2.1.12: of a SEQUENCE. */
    public static Set<String> identifiers(byte[] der) throws TlsAlertException {
        var all = new HashSet<String>();
        if (der.length == 0) return all;
        var outer = new WireReader(der);
        var in = new WireReader(content(SEQUENCE, outer));
        outer.end();
        while (in.hasMore()) all.add(identifier(content(OBJECT_IDENTIFIER, in)));
        return all;
    }

    private static byte[] content(int tag, WireReader in) throws TlsAlertException {
        Violation.MALFORMED_MESSAGE.unless(in.uint8() == tag);
        int length = in.uint8();
        if (length == ONE_OCTET_OF_LENGTH) length = in.uint8();
        else if (length == TWO_OCTETS_OF_LENGTH) length = in.uint16();
        else Violation.MALFORMED_MESSAGE.when(length > ONE_OCTET_OF_LENGTH);
        Violation.MALFORMED_MESSAGE.when(length == 0);
        return in.opaque(length);
    }

    /** In dots: the first number stands for two; one that is too long, in no way that a certificate's is. */
    private static String identifier(byte[] octets) {
        if (octets.length > LONGEST_IDENTIFIER) return HexFormat.of().formatHex(octets);
        var dotted = new StringBuilder();
        var number = BigInteger.ZERO;
        for (byte octet : octets) {
            number = number.shiftLeft(7).or(BigInteger.valueOf(octet & 0x7F));
            if ((octet & 0x80) != 0) continue;
            dotted.append(dotted.isEmpty() ? firstTwo(number) : "." + number);
            number = BigInteger.ZERO;
        }
        return dotted.toString();
    }

    private static String firstTwo(BigInteger number) {
        int first = Math.min(2, number.min(BigInteger.valueOf(80)).intValue() / 40);
        return first + "." + number.subtract(BigInteger.valueOf(40L * first));
    }
}
