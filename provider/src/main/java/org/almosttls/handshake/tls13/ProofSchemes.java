package org.almosttls.handshake.tls13;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.config.Credential;
import org.almosttls.config.TlsConfig;
import org.almosttls.crypto.SignatureMethod;
import org.almosttls.handshake.LeafKey;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;

/**
 * RFC 8446 §4.2.3: which schemes can sign messages. Certificates may be signed by others, so that others may be offered.
 */
public final class ProofSchemes {

    /** RFC 8446 §4.2.3: unlike in TLS 1.2, ECDSA's name their curve. */
    private static final Map<SignatureScheme, NamedGroup> CURVES = Map.of(
            SignatureScheme.ECDSA_SECP256R1_SHA256, NamedGroup.SECP256R1,
            SignatureScheme.ECDSA_SECP384R1_SHA384, NamedGroup.SECP384R1,
            SignatureScheme.ECDSA_SECP521R1_SHA512, NamedGroup.SECP521R1);

    private ProofSchemes() {}

    private static boolean isUsable(SignatureScheme scheme) {
        return SignatureMethod.of(scheme)
                .filter(method -> switch (method.kind()) {
                    case RSA_PSS, RSA_PSS_PSS, ED25519, ED448, ML_DSA_44, ML_DSA_65, ML_DSA_87 -> true;
                    case ECDSA -> CURVES.containsKey(scheme);
                    // RFC 8446 §4.2.3: for certificates only.
                    case RSA_PKCS1, RSA_PKCS1_MD5_SHA1 -> false;
                })
                .isPresent();
    }

    /** Whether a key of this kind can sign a message so. */
    static boolean fits(SignatureScheme scheme, LeafKey leaf) {
        return isUsable(scheme)
                && leaf.fits(scheme)
                && (!CURVES.containsKey(scheme) || leaf.curve().equals(Optional.of(CURVES.get(scheme))));
    }

    /** The scheme to sign with: the first that the verifier takes and this end has enabled and can make. */
    public static Optional<SignatureScheme> choose(
            Credential credential, List<SignatureScheme> peerSchemes, TlsConfig config) {
        var leaf = new LeafKey(credential.certificate());
        var fitting = enabled(peerSchemes, config)
                .filter(config.crypto()::supports)
                .filter(scheme -> fits(scheme, leaf))
                .toList();
        return config.crypto().firstMadeWith(credential.key(), fitting);
    }

    /** Whether a peer with this key could sign by a scheme that this end has offered. */
    public static boolean isAnyFor(LeafKey leaf, TlsConfig config) {
        return config.signatureSchemes().stream().anyMatch(scheme -> fits(scheme, leaf));
    }

    /** The words for the kinds of keys, the platform's first, by which this end can satisfy such a verifier, in its order. */
    public static List<String> keyTypes(List<SignatureScheme> peerSchemes, TlsConfig config) {
        return enabled(peerSchemes, config)
                .flatMap(scheme -> LeafKey.typesOf(scheme).stream())
                .distinct()
                .toList();
    }

    private static Stream<SignatureScheme> enabled(List<SignatureScheme> peerSchemes, TlsConfig config) {
        return peerSchemes.stream().filter(config.signatureSchemes()::contains).filter(ProofSchemes::isUsable);
    }
}
