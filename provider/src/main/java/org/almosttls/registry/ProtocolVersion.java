package org.almosttls.registry;

import java.util.HashMap;
import java.util.Map;

/** A protocol version as it stands on the wire; unknown numbers survive. */
public record ProtocolVersion(int code) {

    private static final Map<Integer, String> NAMES = new HashMap<>();

    public static final ProtocolVersion SSL_3_0 = named(0x0300, "SSLv3");
    public static final ProtocolVersion TLS_1_0 = named(0x0301, "TLSv1");
    public static final ProtocolVersion TLS_1_1 = named(0x0302, "TLSv1.1");
    public static final ProtocolVersion TLS_1_2 = named(0x0303, "TLSv1.2");
    public static final ProtocolVersion TLS_1_3 = named(0x0304, "TLSv1.3");
    public static final ProtocolVersion ALMOST_1 = named(0xA101, "AlmostTLSv1");

    private static ProtocolVersion named(int code, String name) {
        NAMES.put(code, name);
        return new ProtocolVersion(code);
    }

    /** The name that JSSE uses for this version, or {@code 0xNNNN} for an unknown one. */
    public String jsseName() {
        return NAMES.getOrDefault(code, "0x%04X".formatted(code));
    }

    @Override
    public String toString() {
        return jsseName();
    }
}
