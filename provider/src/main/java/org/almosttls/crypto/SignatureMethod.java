package org.almosttls.crypto;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.SignatureScheme;

/**
 * What a signature scheme is made of (RFC 8446 §4.2.3, RFC 5246 §7.4.1.4.1).
 *
 * @param hash what the content is hashed with; for EdDSA, which hashes by itself, its inner hash, and of no meaning for
 *     ML-DSA
 */
public record SignatureMethod(Kind kind, HashAlgorithm hash) {

    /** The family of signatures. */
    public enum Kind {
        RSA_PKCS1,
        /** The same over MD5 and SHA-1 behind each other, without a DigestInfo, as before TLS 1.2 (RFC 4346 §4.7). */
        RSA_PKCS1_MD5_SHA1,
        /** RSASSA-PSS under a key whose certificate says rsaEncryption, with a salt as long as the hash. */
        RSA_PSS,
        /** The same under a key whose certificate says RSASSA-PSS, and may say with which hash. */
        RSA_PSS_PSS,
        ECDSA,
        ED25519,
        ED448,
        /** FIPS 204, neither hashed before nor with a context; for TLS 1.3 alone (draft-ietf-tls-mldsa §3.2, §3.3). */
        ML_DSA_44,
        ML_DSA_65,
        ML_DSA_87;

        public boolean isOnlyOfTls13() {
            return parameters().isPresent();
        }

        /** Of ML-DSA. */
        public Optional<MlDsa> parameters() {
            return switch (this) {
                case ML_DSA_44 -> Optional.of(MlDsa.ML_DSA_44);
                case ML_DSA_65 -> Optional.of(MlDsa.ML_DSA_65);
                case ML_DSA_87 -> Optional.of(MlDsa.ML_DSA_87);
                default -> Optional.empty();
            };
        }
    }

    /** DER of a DigestInfo around the longest hash identifier (RFC 8017 §9.2). */
    private static final int DIGEST_INFO_LENGTH = 19;

    private static final Map<SignatureScheme, SignatureMethod> BY_SCHEME = Map.ofEntries(
            Map.entry(
                    SignatureScheme.RSA_PKCS1_MD5_SHA1,
                    new SignatureMethod(Kind.RSA_PKCS1_MD5_SHA1, HashAlgorithm.SHA1)),
            Map.entry(SignatureScheme.RSA_PKCS1_SHA1, new SignatureMethod(Kind.RSA_PKCS1, HashAlgorithm.SHA1)),
            Map.entry(SignatureScheme.RSA_PKCS1_SHA256, new SignatureMethod(Kind.RSA_PKCS1, HashAlgorithm.SHA256)),
            Map.entry(SignatureScheme.RSA_PKCS1_SHA384, new SignatureMethod(Kind.RSA_PKCS1, HashAlgorithm.SHA384)),
            Map.entry(SignatureScheme.RSA_PKCS1_SHA512, new SignatureMethod(Kind.RSA_PKCS1, HashAlgorithm.SHA512)),
            Map.entry(SignatureScheme.RSA_PSS_RSAE_SHA256, new SignatureMethod(Kind.RSA_PSS, HashAlgorithm.SHA256)),
            Map.entry(SignatureScheme.RSA_PSS_RSAE_SHA384, new SignatureMethod(Kind.RSA_PSS, HashAlgorithm.SHA384)),
            Map.entry(SignatureScheme.RSA_PSS_RSAE_SHA512, new SignatureMethod(Kind.RSA_PSS, HashAlgorithm.SHA512)),
            Map.entry(SignatureScheme.RSA_PSS_PSS_SHA256, new SignatureMethod(Kind.RSA_PSS_PSS, HashAlgorithm.SHA256)),
            Map.entry(SignatureScheme.RSA_PSS_PSS_SHA384, new SignatureMethod(Kind.RSA_PSS_PSS, HashAlgorithm.SHA384)),
            Map.entry(SignatureScheme.RSA_PSS_PSS_SHA512, new SignatureMethod(Kind.RSA_PSS_PSS, HashAlgorithm.SHA512)),
            Map.entry(SignatureScheme.ECDSA_SHA1, new SignatureMethod(Kind.ECDSA, HashAlgorithm.SHA1)),
            Map.entry(SignatureScheme.ECDSA_SECP256R1_SHA256, new SignatureMethod(Kind.ECDSA, HashAlgorithm.SHA256)),
            Map.entry(SignatureScheme.ECDSA_SECP384R1_SHA384, new SignatureMethod(Kind.ECDSA, HashAlgorithm.SHA384)),
            Map.entry(SignatureScheme.ECDSA_SECP521R1_SHA512, new SignatureMethod(Kind.ECDSA, HashAlgorithm.SHA512)),
            Map.entry(SignatureScheme.ED25519, new SignatureMethod(Kind.ED25519, HashAlgorithm.SHA512)),
            Map.entry(SignatureScheme.ED448, new SignatureMethod(Kind.ED448, HashAlgorithm.SHA512)),
            Map.entry(SignatureScheme.MLDSA44, new SignatureMethod(Kind.ML_DSA_44, HashAlgorithm.SHA512)),
            Map.entry(SignatureScheme.MLDSA65, new SignatureMethod(Kind.ML_DSA_65, HashAlgorithm.SHA512)),
            Map.entry(SignatureScheme.MLDSA87, new SignatureMethod(Kind.ML_DSA_87, HashAlgorithm.SHA512)));

    /** The method of a scheme, if it is one of those known here. */
    public static Optional<SignatureMethod> of(SignatureScheme scheme) {
        return Optional.ofNullable(BY_SCHEME.get(scheme));
    }

    /** Whether there are such signatures in older versions of TLS too. */
    public static boolean isOfTls12(SignatureScheme scheme) {
        return of(scheme).map(method -> !method.kind.isOnlyOfTls13()).orElse(true);
    }

    /** Whether {@code key} can carry such signatures in TLS 1.2, where ECDSA schemes do not name a curve. */
    public boolean fits(PublicKey key) {
        return switch (kind) {
            case RSA_PSS_PSS -> modulusBits(key, "RSASSA-PSS") - 1 >= 8 * 2 * hash.length() + 9 && allowsHash(key);
            case RSA_PKCS1 -> modulusBits(key, "RSA") >= 8 * (hash.length() + DIGEST_INFO_LENGTH + 11); // RFC 8017 §9.2
            case RSA_PKCS1_MD5_SHA1 -> modulusBits(key, "RSA") >= 8 * (16 + 20 + 11);
            case RSA_PSS -> modulusBits(key, "RSA") - 1 >= 8 * 2 * hash.length() + 9; // RFC 8017 §9.1.1
            case ECDSA -> key instanceof ECPublicKey;
            case ED25519, ED448 ->
                key instanceof EdECPublicKey edwards
                        && edwards.getParams()
                                .getName()
                                .toUpperCase(Locale.ROOT)
                                .equals(kind.name());
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 ->
                kind.parameters().filter(set -> set.isOf(key)).isPresent();
        };
    }

    /** RFC 8446 §4.2.3: the parameters in the certificate, if there are any, bind its key to one hash. */
    private boolean allowsHash(PublicKey key) {
        return !(key instanceof RSAPublicKey rsa && rsa.getParams() instanceof PSSParameterSpec bound)
                || bound.getDigestAlgorithm().equals(hash.jcaName());
    }

    /** 0 for a key of another algorithm. */
    private static int modulusBits(PublicKey key, String algorithm) {
        return key instanceof RSAPublicKey rsa && key.getAlgorithm().equals(algorithm)
                ? rsa.getModulus().bitLength()
                : 0;
    }
}
