package org.almosttls.testkit;

import java.util.HexFormat;

/** Octets as the RFCs print them. */
public final class Hex {

    private Hex() {}

    /** The octets; blanks do not count. */
    public static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
    }
}
