package org.almosttls.jsse;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.almosttls.registry.SignatureScheme;

/** The platform's names of signature algorithms, as sessions tell them and key and trust managers read them. */
final class SignatureNames {

    private static final Map<SignatureScheme, String> NAMES = Map.ofEntries(
            Map.entry(SignatureScheme.RSA_PKCS1_MD5_SHA1, "MD5andSHA1withRSA"),
            Map.entry(SignatureScheme.RSA_PKCS1_SHA1, "SHA1withRSA"),
            Map.entry(SignatureScheme.ECDSA_SHA1, "SHA1withECDSA"),
            Map.entry(SignatureScheme.RSA_PKCS1_SHA256, "SHA256withRSA"),
            Map.entry(SignatureScheme.RSA_PKCS1_SHA384, "SHA384withRSA"),
            Map.entry(SignatureScheme.RSA_PKCS1_SHA512, "SHA512withRSA"),
            Map.entry(SignatureScheme.ECDSA_SECP256R1_SHA256, "SHA256withECDSA"),
            Map.entry(SignatureScheme.ECDSA_SECP384R1_SHA384, "SHA384withECDSA"),
            Map.entry(SignatureScheme.ECDSA_SECP521R1_SHA512, "SHA512withECDSA"),
            Map.entry(SignatureScheme.RSA_PSS_RSAE_SHA256, "RSASSA-PSS"),
            Map.entry(SignatureScheme.RSA_PSS_RSAE_SHA384, "RSASSA-PSS"),
            Map.entry(SignatureScheme.RSA_PSS_RSAE_SHA512, "RSASSA-PSS"),
            Map.entry(SignatureScheme.RSA_PSS_PSS_SHA256, "RSASSA-PSS"),
            Map.entry(SignatureScheme.RSA_PSS_PSS_SHA384, "RSASSA-PSS"),
            Map.entry(SignatureScheme.RSA_PSS_PSS_SHA512, "RSASSA-PSS"),
            Map.entry(SignatureScheme.ED25519, "Ed25519"),
            Map.entry(SignatureScheme.ED448, "Ed448"),
            Map.entry(SignatureScheme.MLDSA44, "ML-DSA-44"),
            Map.entry(SignatureScheme.MLDSA65, "ML-DSA-65"),
            Map.entry(SignatureScheme.MLDSA87, "ML-DSA-87"));

    private SignatureNames() {}

    /** Every scheme named here, in the order in which it is offered: the platform's, and then ML-DSA. */
    static final List<SignatureScheme> PREFERENCE = List.of(
            SignatureScheme.ECDSA_SECP256R1_SHA256,
            SignatureScheme.ECDSA_SECP384R1_SHA384,
            SignatureScheme.ECDSA_SECP521R1_SHA512,
            SignatureScheme.ED25519,
            SignatureScheme.ED448,
            SignatureScheme.RSA_PSS_RSAE_SHA256,
            SignatureScheme.RSA_PSS_RSAE_SHA384,
            SignatureScheme.RSA_PSS_RSAE_SHA512,
            SignatureScheme.RSA_PSS_PSS_SHA256,
            SignatureScheme.RSA_PSS_PSS_SHA384,
            SignatureScheme.RSA_PSS_PSS_SHA512,
            SignatureScheme.RSA_PKCS1_SHA256,
            SignatureScheme.RSA_PKCS1_SHA384,
            SignatureScheme.RSA_PKCS1_SHA512,
            SignatureScheme.MLDSA65,
            SignatureScheme.MLDSA87,
            SignatureScheme.MLDSA44,
            SignatureScheme.ECDSA_SHA1,
            SignatureScheme.RSA_PKCS1_SHA1);

    /** The platform's name, or the registry's where it has none. */
    static String of(SignatureScheme scheme) {
        return NAMES.getOrDefault(scheme, scheme.name());
    }

    /**
     * {@code SHA1withRSA} is that, {@code SHA1}, {@code SHA-1} and {@code RSA}; {@code ML-DSA-65} is that and
     * {@code ML-DSA}.
     */
    static Stream<String> partsOf(String algorithm) {
        if (algorithm.startsWith("ML-DSA-")) return Stream.of(algorithm, "ML-DSA");
        return Stream.concat(Stream.of(algorithm), Stream.of(algorithm.split("(?i)with|and|/")))
                .flatMap(part -> Stream.of(part, part.replaceFirst("(?i)^SHA(\\d)", "SHA-$1")));
    }

    static String[] of(List<SignatureScheme> schemes) {
        return schemes.stream().map(SignatureNames::of).distinct().toArray(String[]::new);
    }
}
