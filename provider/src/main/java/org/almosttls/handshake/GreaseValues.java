package org.almosttls.handshake;

import org.almosttls.extension.UnknownExtension;
import org.almosttls.registry.ExtensionType;

/** RFC 8701 §2: the numbers that stand for nothing, one for each octet that is drawn. */
public final class GreaseValues {

    private static final int LOWEST = 0x0A0A;
    private static final int STEP = 0x1010;
    private static final int KINDS = 16;

    private static final int LOWEST_MODE = 0x0B;
    private static final int STEP_OF_MODES = 0x1F;
    private static final int KINDS_OF_MODES = 8;

    private GreaseValues() {}

    /** Of two octets. */
    public static int of(int drawn) {
        return LOWEST + STEP * Math.floorMod(drawn, KINDS);
    }

    /** Another than this, for what may not be there twice. */
    public static int otherThan(int value, int drawn) {
        return of(drawn) == value ? of(drawn + 1) : of(drawn);
    }

    /** Of a PskKeyExchangeMode. */
    public static int ofMode(int drawn) {
        return LOWEST_MODE + STEP_OF_MODES * Math.floorMod(drawn, KINDS_OF_MODES);
    }

    /** The name of an application protocol: the two octets of such a number. */
    public static String protocol(int value) {
        char octet = (char) (value & 0xFF);
        return "" + octet + octet;
    }

    /** An extension with so many octets in it. */
    public static UnknownExtension extension(int type, int length) {
        return new UnknownExtension(new ExtensionType(type), new byte[length]);
    }
}
