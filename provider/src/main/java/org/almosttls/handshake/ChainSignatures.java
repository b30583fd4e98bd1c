package org.almosttls.handshake;

import static java.util.Map.entry;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.almosttls.registry.SignatureScheme;

/** RFC 8446 §4.2.3: the schemes by which the certificates of a chain are signed; in TLS 1.2 ECDSA's name no curve. */
public final class ChainSignatures {

    /** RFC 4055 §2.1, §5, RFC 5758 §3.2, RFC 8410 §3, RFC 9881 §2. */
    private static final Map<String, SignatureScheme> BY_OID = Map.ofEntries(
            entry("1.2.840.113549.1.1.5", SignatureScheme.RSA_PKCS1_SHA1),
            entry("1.2.840.113549.1.1.11", SignatureScheme.RSA_PKCS1_SHA256),
            entry("1.2.840.113549.1.1.12", SignatureScheme.RSA_PKCS1_SHA384),
            entry("1.2.840.113549.1.1.13", SignatureScheme.RSA_PKCS1_SHA512),
            entry("1.2.840.10045.4.1", SignatureScheme.ECDSA_SHA1),
            entry("1.2.840.10045.4.3.2", SignatureScheme.ECDSA_SECP256R1_SHA256),
            entry("1.2.840.10045.4.3.3", SignatureScheme.ECDSA_SECP384R1_SHA384),
            entry("1.2.840.10045.4.3.4", SignatureScheme.ECDSA_SECP521R1_SHA512),
            entry("1.3.101.112", SignatureScheme.ED25519),
            entry("1.3.101.113", SignatureScheme.ED448),
            entry("2.16.840.1.101.3.4.3.17", SignatureScheme.MLDSA44),
            entry("2.16.840.1.101.3.4.3.18", SignatureScheme.MLDSA65),
            entry("2.16.840.1.101.3.4.3.19", SignatureScheme.MLDSA87));

    private static final String PSS = "1.2.840.113549.1.1.10";

    /** Which of the two it is tells the issuer's key, which need not be here. */
    private static final Map<String, Set<SignatureScheme>> PSS_BY_HASH = Map.of(
            "SHA-256", Set.of(SignatureScheme.RSA_PSS_RSAE_SHA256, SignatureScheme.RSA_PSS_PSS_SHA256),
            "SHA-384", Set.of(SignatureScheme.RSA_PSS_RSAE_SHA384, SignatureScheme.RSA_PSS_PSS_SHA384),
            "SHA-512", Set.of(SignatureScheme.RSA_PSS_RSAE_SHA512, SignatureScheme.RSA_PSS_PSS_SHA512));

    private ChainSignatures() {}

    /** Whether who verifies these schemes can verify the chain. */
    public static boolean fit(List<X509Certificate> chain, List<SignatureScheme> schemes) {
        return chain.stream()
                // RFC 8446 §4.2.3: what begins the path is not validated, so it may be signed by any.
                .filter(certificate -> !isOfItself(certificate))
                .noneMatch(certificate -> Collections.disjoint(schemesOf(certificate), schemes));
    }

    private static boolean isOfItself(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static Set<SignatureScheme> schemesOf(X509Certificate certificate) {
        if (certificate.getSigAlgOID().equals(PSS)) return PSS_BY_HASH.getOrDefault(hashOfPss(certificate), Set.of());
        var scheme = BY_OID.get(certificate.getSigAlgOID());
        return scheme == null ? Set.of() : Set.of(scheme);
    }

    private static String hashOfPss(X509Certificate certificate) {
        try {
            var parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(certificate.getSigAlgParams());
            return parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
        } catch (GeneralSecurityException | IOException | RuntimeException unreadable) {
            return "";
        }
    }
}
