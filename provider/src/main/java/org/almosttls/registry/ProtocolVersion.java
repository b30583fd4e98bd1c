package org.almosttls.registry;

import java.util.Optional;

/** A protocol version as it stands on the wire; unknown numbers survive. */
public record ProtocolVersion(int code) {

    private static final Names NAMES = Names.of("", """
            0002 SSLv2Hello
            0300 SSLv3 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3
            A101 AlmostTLSv1
            """);

    public static final ProtocolVersion SSL_3_0 = new ProtocolVersion(0x0300);
    public static final ProtocolVersion TLS_1_0 = new ProtocolVersion(0x0301);
    public static final ProtocolVersion TLS_1_1 = new ProtocolVersion(0x0302);
    public static final ProtocolVersion TLS_1_2 = new ProtocolVersion(0x0303);
    public static final ProtocolVersion TLS_1_3 = new ProtocolVersion(0x0304);
    public static final ProtocolVersion ALMOST_1 = new ProtocolVersion(0xA101);

    /** The version that JSSE calls so, implemented here or not. */
    public static Optional<ProtocolVersion> named(String name) {
        return NAMES.code(name).map(ProtocolVersion::new);
    }

    /** The name that JSSE uses for this version, or {@code 0xNNNN} for an unknown one. */
    public String jsseName() {
        return NAMES.ofUint16(code);
    }

    /** Whether it is one of TLS, and so can be compared by number with others of TLS. */
    public boolean isTls() {
        return code >>> 8 == 3;
    }

    /** RFC 8701 §2: a value that stands for nothing. */
    public boolean isGrease() {
        return Names.isGrease(code);
    }

    // By hand, since what a record has by itself is woven anew in each JVM, which costs milliseconds at its start.
    @Override
    public boolean equals(Object other) {
        return other instanceof ProtocolVersion version && version.code == code;
    }

    @Override
    public int hashCode() {
        return code;
    }

    @Override
    public String toString() {
        return jsseName();
    }
}
