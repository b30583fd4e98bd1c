package org.almosttls.registry;

import java.util.HashMap;
import java.util.Map;

/**
 * RFC 8446 §4.2.3 and the IANA registry of signature schemes; in TLS 1.2 the same two octets read as hash and
 * signature algorithm (RFC 5246 §7.4.1.4.1). Unknown numbers survive.
 */
public record SignatureScheme(int code) {

    private static final Map<Integer, String> NAMES = new HashMap<>();

    public static final SignatureScheme RSA_PKCS1_SHA1 = named(0x0201, "rsa_pkcs1_sha1");
    public static final SignatureScheme ECDSA_SHA1 = named(0x0203, "ecdsa_sha1");
    public static final SignatureScheme RSA_PKCS1_SHA256 = named(0x0401, "rsa_pkcs1_sha256");
    public static final SignatureScheme ECDSA_SECP256R1_SHA256 = named(0x0403, "ecdsa_secp256r1_sha256");
    public static final SignatureScheme RSA_PKCS1_SHA384 = named(0x0501, "rsa_pkcs1_sha384");
    public static final SignatureScheme ECDSA_SECP384R1_SHA384 = named(0x0503, "ecdsa_secp384r1_sha384");
    public static final SignatureScheme RSA_PKCS1_SHA512 = named(0x0601, "rsa_pkcs1_sha512");
    public static final SignatureScheme ECDSA_SECP521R1_SHA512 = named(0x0603, "ecdsa_secp521r1_sha512");
    public static final SignatureScheme RSA_PSS_RSAE_SHA256 = named(0x0804, "rsa_pss_rsae_sha256");
    public static final SignatureScheme RSA_PSS_RSAE_SHA384 = named(0x0805, "rsa_pss_rsae_sha384");
    public static final SignatureScheme RSA_PSS_RSAE_SHA512 = named(0x0806, "rsa_pss_rsae_sha512");
    public static final SignatureScheme ED25519 = named(0x0807, "ed25519");
    public static final SignatureScheme ED448 = named(0x0808, "ed448");

    private static SignatureScheme named(int code, String name) {
        NAMES.put(code, name);
        return new SignatureScheme(code);
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
