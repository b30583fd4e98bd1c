package org.almosttls.registry;

import java.util.Optional;

/**
 * RFC 8446 §4.2.3 and the IANA registry of signature schemes; in TLS 1.2 the same two octets read as hash and
 * signature algorithm (RFC 5246 §7.4.1.4.1), and pairs that exist only there are named in the same way. Unknown
 * numbers survive.
 */
public record SignatureScheme(int code) {

    private static final Names NAMES = Names.inAnyCase("""
            0101 rsa_pkcs1_md5
            0201 rsa_pkcs1_sha1 dsa_sha1 ecdsa_sha1
            0301 rsa_pkcs1_sha224 dsa_sha224 ecdsa_sha224
            0401 rsa_pkcs1_sha256 dsa_sha256 ecdsa_secp256r1_sha256
            0420 rsa_pkcs1_sha256_legacy
            0501 rsa_pkcs1_sha384 dsa_sha384 ecdsa_secp384r1_sha384
            0520 rsa_pkcs1_sha384_legacy
            0601 rsa_pkcs1_sha512 dsa_sha512 ecdsa_secp521r1_sha512
            0620 rsa_pkcs1_sha512_legacy
            0704 eccsi_sha256 iso_ibs1 iso_ibs2 iso_chinese_ibs sm2sig_sm3
            0709 gostr34102012_256a gostr34102012_256b gostr34102012_256c gostr34102012_256d
            070D gostr34102012_512a gostr34102012_512b gostr34102012_512c
            0804 rsa_pss_rsae_sha256 rsa_pss_rsae_sha384 rsa_pss_rsae_sha512 ed25519 ed448
            0809 rsa_pss_pss_sha256 rsa_pss_pss_sha384 rsa_pss_pss_sha512
            081A ecdsa_brainpoolP256r1tls13_sha256 ecdsa_brainpoolP384r1tls13_sha384
            081C ecdsa_brainpoolP512r1tls13_sha512
            0904 mldsa44 mldsa65 mldsa87
            0911 slhdsa_sha2_128s slhdsa_sha2_128f slhdsa_sha2_192s slhdsa_sha2_192f slhdsa_sha2_256s slhdsa_sha2_256f
            0917 slhdsa_shake_128s slhdsa_shake_128f slhdsa_shake_192s slhdsa_shake_192f slhdsa_shake_256s
            091C slhdsa_shake_256f
            FF01 rsa_pkcs1_md5_sha1
            """);

    /** RFC 4346 §7.4.3: how RSA signs before TLS 1.2, where schemes are not named; a number set aside for private use. */
    public static final SignatureScheme RSA_PKCS1_MD5_SHA1 = new SignatureScheme(0xFF01);

    /** Before TLS 1.2: nothing is said, since the kind of key tells. No number of the wire. */
    public static final SignatureScheme NOT_SAID = new SignatureScheme(-1);

    public static final SignatureScheme RSA_PKCS1_SHA1 = new SignatureScheme(0x0201);
    public static final SignatureScheme ECDSA_SHA1 = new SignatureScheme(0x0203);
    public static final SignatureScheme RSA_PKCS1_SHA256 = new SignatureScheme(0x0401);
    public static final SignatureScheme ECDSA_SECP256R1_SHA256 = new SignatureScheme(0x0403);
    public static final SignatureScheme RSA_PKCS1_SHA384 = new SignatureScheme(0x0501);
    public static final SignatureScheme ECDSA_SECP384R1_SHA384 = new SignatureScheme(0x0503);
    public static final SignatureScheme RSA_PKCS1_SHA512 = new SignatureScheme(0x0601);
    public static final SignatureScheme ECDSA_SECP521R1_SHA512 = new SignatureScheme(0x0603);
    public static final SignatureScheme RSA_PSS_RSAE_SHA256 = new SignatureScheme(0x0804);
    public static final SignatureScheme RSA_PSS_RSAE_SHA384 = new SignatureScheme(0x0805);
    public static final SignatureScheme RSA_PSS_RSAE_SHA512 = new SignatureScheme(0x0806);
    public static final SignatureScheme ED25519 = new SignatureScheme(0x0807);
    public static final SignatureScheme ED448 = new SignatureScheme(0x0808);

    public static final SignatureScheme RSA_PSS_PSS_SHA256 = new SignatureScheme(0x0809);
    public static final SignatureScheme RSA_PSS_PSS_SHA384 = new SignatureScheme(0x080A);
    public static final SignatureScheme RSA_PSS_PSS_SHA512 = new SignatureScheme(0x080B);

    public static final SignatureScheme MLDSA44 = new SignatureScheme(0x0904);
    public static final SignatureScheme MLDSA65 = new SignatureScheme(0x0905);
    public static final SignatureScheme MLDSA87 = new SignatureScheme(0x0906);

    /** The scheme of this name in any case, implemented here or not. */
    public static Optional<SignatureScheme> named(String name) {
        return NAMES.code(name).map(SignatureScheme::new);
    }

    /** The registry's name, or {@code 0xNNNN} for a number without one. */
    public String name() {
        return NAMES.ofUint16(code);
    }

    public boolean isSaid() {
        return !equals(NOT_SAID);
    }

    /** RFC 8701 §2: a value that stands for nothing. */
    public boolean isGrease() {
        return Names.isGrease(code);
    }

    // By hand, since what a record has by itself is woven anew in each JVM, which costs milliseconds at its start.
    @Override
    public boolean equals(Object other) {
        return other instanceof SignatureScheme scheme && scheme.code == code;
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
