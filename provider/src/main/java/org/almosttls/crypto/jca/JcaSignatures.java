package org.almosttls.crypto.jca;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import org.almosttls.crypto.MlDsa;
import org.almosttls.crypto.Randomness;
import org.almosttls.crypto.SignatureMethod;
import org.almosttls.crypto.SignatureMethod.Kind;
import org.almosttls.registry.HashAlgorithm;

/** Signatures by {@code java.security.Signature}, whose provider the key decides. */
final class JcaSignatures {

    private JcaSignatures() {}

    /** The name of the provider that the JVM prefers for such signatures. */
    static Optional<String> provider(SignatureMethod method) {
        try {
            return Optional.of(
                    Signature.getInstance(algorithm(method)).getProvider().getName());
        } catch (NoSuchAlgorithmException e) {
            return Optional.empty();
        }
    }

    /** Whether a provider begins such a signature with this key. */
    static boolean makes(SignatureMethod method, PrivateKey key) {
        try {
            var signature = Signature.getInstance(algorithm(method));
            signature.initSign(key);
            if (isPss(method)) signature.setParameter(pss(method.hash()));
            return true;
        } catch (GeneralSecurityException | RuntimeException unable) {
            return false;
        }
    }

    static byte[] sign(SignatureMethod method, PrivateKey key, Randomness randomness, byte[]... parts)
            throws GeneralSecurityException {
        var signature = Signature.getInstance(algorithm(method));
        // The key first: it decides on the provider, and only that one is asked about parameters.
        signature.initSign(key, randomness.secureRandom());
        if (isPss(method)) signature.setParameter(pss(method.hash()));
        update(signature, method, parts);
        return signature.sign();
    }

    static boolean verify(SignatureMethod method, PublicKey key, byte[] tag, byte[]... parts)
            throws GeneralSecurityException {
        if (!canHaveLength(method, tag.length)) return false;
        var signature = Signature.getInstance(algorithm(method));
        signature.initVerify(key);
        if (isPss(method)) signature.setParameter(pss(method.hash()));
        update(signature, method, parts);
        try {
            return signature.verify(tag);
        } catch (SignatureException malformed) {
            return false;
        }
    }

    private static void update(Signature signature, SignatureMethod method, byte[]... parts)
            throws GeneralSecurityException {
        if (method.kind() == Kind.RSA_PKCS1_MD5_SHA1) {
            signature.update(digest("MD5", parts));
            signature.update(digest("SHA-1", parts));
        } else {
            for (byte[] part : parts) signature.update(part);
        }
    }

    private static byte[] digest(String algorithm, byte[]... parts) throws GeneralSecurityException {
        var digest = MessageDigest.getInstance(algorithm);
        for (byte[] part : parts) digest.update(part);
        return digest.digest();
    }

    /** RFC 8032 §5.1.7 and §5.2.7, FIPS 204 §4: exactly that long, which the platform's EdDSA of JDK 17 does not check. */
    private static boolean canHaveLength(SignatureMethod method, int length) {
        return switch (method.kind()) {
            case ED25519 -> length == 64;
            case ED448 -> length == 114;
            case RSA_PKCS1, RSA_PKCS1_MD5_SHA1, RSA_PSS, RSA_PSS_PSS, ECDSA -> true;
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> length == mlDsa(method).signatureLength();
        };
    }

    private static boolean isPss(SignatureMethod method) {
        return method.kind() == Kind.RSA_PSS || method.kind() == Kind.RSA_PSS_PSS;
    }

    private static String algorithm(SignatureMethod method) {
        String hash = method.hash().jcaName().replace("-", "");
        return switch (method.kind()) {
            case RSA_PKCS1 -> hash + "withRSA";
            case RSA_PKCS1_MD5_SHA1 -> "NONEwithRSA";
            case RSA_PSS, RSA_PSS_PSS -> "RSASSA-PSS";
            case ECDSA -> hash + "withECDSA";
            case ED25519 -> "Ed25519";
            case ED448 -> "Ed448";
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> mlDsa(method).algorithm();
        };
    }

    private static MlDsa mlDsa(SignatureMethod method) {
        return method.kind().parameters().orElseThrow();
    }

    /** RFC 8446 §4.2.3: MGF1 with the same hash, and a salt as long as its digest. */
    private static PSSParameterSpec pss(HashAlgorithm hash) {
        return new PSSParameterSpec(
                hash.jcaName(),
                "MGF1",
                new MGF1ParameterSpec(hash.jcaName()),
                hash.length(),
                PSSParameterSpec.TRAILER_FIELD_BC);
    }
}
