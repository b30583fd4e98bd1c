package org.almosttls.handshake;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.config.Credential;
import org.almosttls.config.TlsConfig;
import org.almosttls.crypto.MlDsa;
import org.almosttls.crypto.SignatureMethod;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;
import org.almosttls.registry.Tls12Suite;

/** What the key in someone's own certificate can do (RFC 5246 §7.4.2, RFC 8422 §5.3). */
public record LeafKey(X509Certificate certificate) {

    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_ENCIPHERMENT = 2;

    public PublicKey key() {
        return certificate.getPublicKey();
    }

    /** Whether a server can prove itself with it in a handshake of this suite. */
    public boolean serves(Tls12Suite suite) {
        return suite.authentication().keyTypes().contains(type())
                && (suite.keyExchange().isEphemeral() ? signs() : type().equals("RSA") && enciphers());
    }

    /** RFC 5246 §7.4.2: if there is a key usage extension, it must say digitalSignature. */
    public boolean signs() {
        return permits(DIGITAL_SIGNATURE);
    }

    /** RFC 5246 §7.4.2: if there is a key usage extension, it must say keyEncipherment. */
    public boolean enciphers() {
        return permits(KEY_ENCIPHERMENT);
    }

    public boolean fits(SignatureScheme scheme) {
        return SignatureMethod.of(scheme).filter(method -> method.fits(key())).isPresent();
    }

    /** The scheme to sign with: the first that the verifier takes and this end has enabled and can make. */
    public static Optional<SignatureScheme> schemeFor(
            Credential credential, List<SignatureScheme> peerSchemes, TlsConfig config) {
        var leaf = new LeafKey(credential.certificate());
        var fitting = peerSchemes.stream()
                .filter(config.signatureSchemes()::contains)
                .filter(config.crypto()::supports)
                .filter(leaf::fits)
                .toList();
        return config.crypto().firstMadeWith(credential.key(), fitting);
    }

    /** The named group that an EC key is on, if it is one that certificates usually are on. */
    public Optional<NamedGroup> curve() {
        return key() instanceof ECPublicKey ec ? EcCurves.named(ec.getParams()) : Optional.empty();
    }

    /** The platform's word for the kind of key that makes such signatures, if it is one that is known here. */
    public static Optional<String> typeOf(SignatureScheme scheme) {
        return SignatureMethod.of(scheme).map(method -> switch (method.kind()) {
            case RSA_PKCS1, RSA_PKCS1_MD5_SHA1, RSA_PSS -> "RSA";
            case RSA_PSS_PSS -> "RSASSA-PSS";
            case ECDSA -> "EC";
            case ED25519, ED448 -> "EdDSA";
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> "ML-DSA";
        });
    }

    /** The same with what other providers call such keys: by their parameters. */
    public static List<String> typesOf(SignatureScheme scheme) {
        var parameters = SignatureMethod.of(scheme)
                .flatMap(method -> method.kind().parameters())
                .map(MlDsa::algorithm);
        return Stream.concat(typeOf(scheme).stream(), parameters.stream()).toList();
    }

    /** The platform's word for the kind of key; some providers have other words. */
    public String type() {
        return switch (key().getAlgorithm()) {
            case "Ed25519", "Ed448" -> "EdDSA";
            case "ECDSA" -> "EC";
            case "ML-DSA-44", "ML-DSA-65", "ML-DSA-87" -> "ML-DSA";
            default -> key().getAlgorithm();
        };
    }

    private boolean permits(int use) {
        boolean[] usage = certificate.getKeyUsage();
        return usage == null || usage[use];
    }
}
