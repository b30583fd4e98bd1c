package org.almosttls.crypto.bc;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.crypto.FiniteField;
import org.almosttls.crypto.KeyAgreement;
import org.almosttls.crypto.Randomness;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.NamedGroup;

/** Elliptic curves and finite fields by Bouncy Castle's lightweight API. Keys are imported once and then used often. */
public final class BouncyCastlePrimitives {

    /** A private key in Bouncy Castle's form, ready to sign. */
    public sealed interface SigningKey permits EcSigningKey, Ed25519SigningKey {

        /** A signature over {@code parts}; {@code hash} is what ECDSA hashes them with. */
        byte[] sign(HashAlgorithm hash, byte[]... parts) throws GeneralSecurityException;
    }

    /** A public key in Bouncy Castle's form, ready to verify. */
    public sealed interface VerifyingKey permits EcVerifyingKey, Ed25519VerifyingKey {

        /** Whether the signature over {@code parts} is right; {@code hash} is what ECDSA hashes them with. */
        boolean verify(HashAlgorithm hash, byte[] signature, byte[]... parts);
    }

    private BouncyCastlePrimitives() {}

    public static boolean supports(NamedGroup group) {
        return group.equals(NamedGroup.X25519) || group.equals(NamedGroup.X448) || Curve.exists(group);
    }

    /** A fresh ephemeral key pair. */
    public static KeyAgreement keyAgreement(NamedGroup group, Randomness randomness) {
        if (group.equals(NamedGroup.X25519)) return new BcX25519(randomness);
        if (group.equals(NamedGroup.X448)) return new BcX448(randomness);
        if (fieldOf(group).isPresent()) return BcFiniteField.of(group, randomness);
        return Curve.of(group)
                .map(curve -> new BcEcdh(curve, randomness))
                .orElseThrow(() -> new IllegalArgumentException("unsupported group " + group));
    }

    /** A fresh ephemeral key pair. */
    public static KeyAgreement keyAgreement(FiniteField field, Randomness randomness) throws TlsAlertException {
        return BcFiniteField.of(field, randomness);
    }

    /** The field of this name, if it is one of RFC 7919. */
    public static Optional<FiniteField> fieldOf(NamedGroup group) {
        return BcFiniteField.named(group);
    }

    /** The key, if its curve is one of those here. */
    public static Optional<SigningKey> importKey(ECPrivateKey key) {
        return Curve.of(key.getParams()).map(curve -> new EcSigningKey(curve, key.getS()));
    }

    /** The key, if it is for Ed25519 and its octets can be had. */
    public static Optional<SigningKey> importKey(EdECPrivateKey key) {
        return isEd25519(key.getParams()) ? key.getBytes().map(Ed25519SigningKey::new) : Optional.empty();
    }

    /** The key, if its curve is one of those here and its point lies on it. */
    public static Optional<VerifyingKey> importKey(ECPublicKey key) {
        return Curve.of(key.getParams()).flatMap(curve -> EcVerifyingKey.of(curve, key.getW()));
    }

    /** The key, if it is for Ed25519. */
    public static Optional<VerifyingKey> importKey(EdECPublicKey key) {
        if (!isEd25519(key.getParams())) return Optional.empty();
        BigInteger y = key.getPoint().getY();
        return Optional.of(Ed25519VerifyingKey.of(y, key.getPoint().isXOdd()));
    }

    private static boolean isEd25519(NamedParameterSpec parameters) {
        return parameters.getName().equalsIgnoreCase(NamedParameterSpec.ED25519.getName());
    }
}
