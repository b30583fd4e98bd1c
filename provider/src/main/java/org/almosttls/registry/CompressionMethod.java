package org.almosttls.registry;

/** The IANA registry of TLS compression methods; unknown numbers survive. */
public record CompressionMethod(int code) {

    private static final Names NAMES = Names.of("", """
            00 NULL DEFLATE
            40 LZS
            """);

    /** RFC 5246 §6.2.2: records as they are. */
    public static final CompressionMethod NULL = new CompressionMethod(0x00);

    /** RFC 3749 §2.1. */
    public static final CompressionMethod DEFLATE = new CompressionMethod(0x01);

    /** The registry's name, or {@code 0xNN} for a number without one. */
    public String name() {
        return NAMES.ofUint8(code);
    }

    @Override
    public String toString() {
        return name();
    }
}
