package org.almosttls.registry;

import java.util.Optional;

/** The IANA registry of TLS cipher suites: a number with its name; unknown numbers survive. */
public record CipherSuite(int code) {

    public static final CipherSuite TLS_RSA_WITH_AES_128_CBC_SHA = new CipherSuite(0x002F);
    public static final CipherSuite TLS_RSA_WITH_AES_128_CBC_SHA256 = new CipherSuite(0x003C);
    public static final CipherSuite TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 = new CipherSuite(0xC02B);
    public static final CipherSuite TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 = new CipherSuite(0xC02C);
    public static final CipherSuite TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 = new CipherSuite(0xC02F);
    public static final CipherSuite TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 = new CipherSuite(0xC030);
    public static final CipherSuite TLS_AES_128_GCM_SHA256 = new CipherSuite(0x1301);
    public static final CipherSuite TLS_AES_256_GCM_SHA384 = new CipherSuite(0x1302);
    public static final CipherSuite TLS_CHACHA20_POLY1305_SHA256 = new CipherSuite(0x1303);
    /** RFC 5746 §3.3: not a suite but a signal, as good as an empty renegotiation_info. */
    public static final CipherSuite TLS_EMPTY_RENEGOTIATION_INFO_SCSV = new CipherSuite(0x00FF);
    /** RFC 7507 §2: not a suite but a signal that the client fell back to a lower version. */
    public static final CipherSuite TLS_FALLBACK_SCSV = new CipherSuite(0x5600);

    /** All that AlmostTLSv1 does, which negotiates nothing; a number that the registry leaves free. */
    public static final CipherSuite ALMOST_RSA_OAEP_WITH_AES_128_CBC_HMAC_SHA256 = new CipherSuite(0xA101);

    /** The suite of this name, implemented here or not. */
    public static Optional<CipherSuite> named(String name) {
        return CipherSuiteNames.NAMES.code(name).map(CipherSuite::new);
    }

    /** The registry's name, which JSSE uses too; {@code 0xNNNN} for a number without one. */
    public String name() {
        return CipherSuiteNames.NAMES.ofUint16(code);
    }

    /** RFC 8701 §2: a value that stands for nothing. */
    public boolean isGrease() {
        return Names.isGrease(code);
    }

    // By hand, since what a record has by itself is woven anew in each JVM, which costs milliseconds at its start.
    @Override
    public boolean equals(Object other) {
        return other instanceof CipherSuite suite && suite.code == code;
    }

    @Override
    public int hashCode() {
        return code;
    }

    @Override
    public String toString() {
        return name();
    }
}
