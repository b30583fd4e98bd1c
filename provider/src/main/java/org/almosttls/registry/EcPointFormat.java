package org.almosttls.registry;

/** RFC 8422 §5.1.2: how a point on a curve is written; only the first is still in use. */
public record EcPointFormat(int code) {

    private static final Names NAMES = Names.of("", """
            00 uncompressed ansiX962_compressed_prime ansiX962_compressed_char2
            """);

    public static final EcPointFormat UNCOMPRESSED = new EcPointFormat(0x00);

    /** The registry's name, or {@code 0xNN} for a number without one. */
    public String name() {
        return NAMES.ofUint8(code);
    }

    @Override
    public String toString() {
        return name();
    }
}
