package org.almosttls.registry;

/** RFC 8879 §7.3: the IANA registry of algorithms by which certificates are compressed; unknown numbers survive. */
public record CertificateCompressionAlgorithm(int code) {

    private static final Names NAMES = Names.of("", "0001 zlib brotli zstd");

    public static final CertificateCompressionAlgorithm ZLIB = new CertificateCompressionAlgorithm(0x0001);
    public static final CertificateCompressionAlgorithm BROTLI = new CertificateCompressionAlgorithm(0x0002);
    public static final CertificateCompressionAlgorithm ZSTD = new CertificateCompressionAlgorithm(0x0003);

    /** The registry's name, or {@code 0xNNNN} for a number without one. */
    public String name() {
        return NAMES.ofUint16(code);
    }

    @Override
    public String toString() {
        return name();
    }
}
