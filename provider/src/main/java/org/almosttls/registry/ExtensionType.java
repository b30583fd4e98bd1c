package org.almosttls.registry;

import java.util.HashMap;
import java.util.Map;

/** The IANA registry of TLS extension types; unknown numbers survive. */
public record ExtensionType(int code) {

    private static final Map<Integer, String> NAMES = new HashMap<>();

    public static final ExtensionType SERVER_NAME = named(0, "server_name");
    public static final ExtensionType SUPPORTED_GROUPS = named(10, "supported_groups");
    public static final ExtensionType EC_POINT_FORMATS = named(11, "ec_point_formats");
    public static final ExtensionType SIGNATURE_ALGORITHMS = named(13, "signature_algorithms");
    public static final ExtensionType ALPN = named(16, "application_layer_protocol_negotiation");
    public static final ExtensionType EXTENDED_MASTER_SECRET = named(23, "extended_master_secret");
    public static final ExtensionType SUPPORTED_VERSIONS = named(43, "supported_versions");
    public static final ExtensionType RENEGOTIATION_INFO = named(0xFF01, "renegotiation_info");

    private static ExtensionType named(int code, String name) {
        NAMES.put(code, name);
        return new ExtensionType(code);
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
