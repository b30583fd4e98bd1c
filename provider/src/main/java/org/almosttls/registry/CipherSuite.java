package org.almosttls.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The IANA registry of TLS cipher suites: a number with its name; unknown numbers survive. */
public record CipherSuite(int code) {

    private static final Map<Integer, String> NAMES = new HashMap<>();
    private static final Map<String, CipherSuite> BY_NAME = new HashMap<>();

    public static final CipherSuite TLS_RSA_WITH_AES_128_CBC_SHA = named(0x002F, "TLS_RSA_WITH_AES_128_CBC_SHA");
    public static final CipherSuite TLS_RSA_WITH_AES_128_CBC_SHA256 = named(0x003C, "TLS_RSA_WITH_AES_128_CBC_SHA256");
    public static final CipherSuite TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 =
            named(0xC02B, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
    public static final CipherSuite TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 =
            named(0xC02C, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
    public static final CipherSuite TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 =
            named(0xC02F, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    public static final CipherSuite TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 =
            named(0xC030, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    /** RFC 5746 §3.3: not a suite but a signal, as good as an empty renegotiation_info. */
    public static final CipherSuite TLS_EMPTY_RENEGOTIATION_INFO_SCSV =
            named(0x00FF, "TLS_EMPTY_RENEGOTIATION_INFO_SCSV");
    /** RFC 7507 §2: not a suite but a signal that the client fell back to a lower version. */
    public static final CipherSuite TLS_FALLBACK_SCSV = named(0x5600, "TLS_FALLBACK_SCSV");

    private static CipherSuite named(int code, String name) {
        var suite = new CipherSuite(code);
        NAMES.put(code, name);
        BY_NAME.put(name, suite);
        return suite;
    }

    public static Optional<CipherSuite> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
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
