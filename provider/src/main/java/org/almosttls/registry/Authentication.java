package org.almosttls.registry;

import java.util.List;

/** The kind of key a TLS 1.2 suite authenticates the server with, and the platform's words for it. */
public enum Authentication {
    /** RFC 8446 §4.2.3 lets keys that are for PSS alone serve RSA suites, where they sign. */
    RSA("RSA", List.of("RSA", "RSASSA-PSS")),
    /** RFC 8422 §5.10 lets EdDSA certificates serve ECDSA suites. */
    ECDSA("ECDSA", List.of("EC", "EdDSA"));

    private final String authType;
    private final List<String> keyTypes;

    Authentication(String authType, List<String> keyTypes) {
        this.authType = authType;
        this.keyTypes = keyTypes;
    }

    /** The word for this authentication in a trust manager's {@code authType}. */
    public String authType() {
        return authType;
    }

    /** The platform's key types that serve it, as a key manager is asked for them. */
    public List<String> keyTypes() {
        return keyTypes;
    }
}
