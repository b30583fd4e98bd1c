package org.almosttls.registry;

import java.util.HashMap;
import java.util.Map;

/** RFC 8422 §5.1.1 and the IANA registry of supported groups; unknown numbers survive. */
public record NamedGroup(int code) {

    private static final Map<Integer, String> NAMES = new HashMap<>();

    public static final NamedGroup SECP256R1 = named(0x0017, "secp256r1");
    public static final NamedGroup SECP384R1 = named(0x0018, "secp384r1");
    public static final NamedGroup X25519 = named(0x001D, "x25519");

    private static NamedGroup named(int code, String name) {
        NAMES.put(code, name);
        return new NamedGroup(code);
    }

    /** The registry's name, or {@code 0xNNNN} for a number that is not known here. */
    public String name() {
        return NAMES.getOrDefault(code, "0x%04X".formatted(code));
    }

    @Override
    public String toString() {
        return name();
    }
}
