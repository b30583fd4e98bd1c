package org.almosttls.crypto.choice;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.crypto.Aead;
import org.almosttls.crypto.BlockCipher;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.FiniteField;
import org.almosttls.crypto.Hmac;
import org.almosttls.crypto.KeyAgreement;
import org.almosttls.crypto.Randomness;
import org.almosttls.crypto.Secret;
import org.almosttls.crypto.SignatureMethod;
import org.almosttls.crypto.bc.BouncyCastlePrimitives;
import org.almosttls.crypto.bc.BouncyCastlePrimitives.SigningKey;
import org.almosttls.crypto.bc.BouncyCastlePrimitives.VerifyingKey;
import org.almosttls.crypto.jca.JcaBackend;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;

/**
 * The fastest implementation of each operation that this JVM has: Bouncy Castle for elliptic curves where the JVM would
 * do them by the platform's own slow code, the JCA for all else, for curves that a native provider serves, and for keys
 * that are not plain software keys of the platform.
 */
public final class PerOperationBackend implements CryptoBackend {

    /** The platform's elliptic curves in plain Java: several times slower than Bouncy Castle's. */
    private static final Optional<String> SLOW = Optional.of("SunEC");

    private final JcaBackend jca = new JcaBackend();
    private final WeakIdentityCache<PrivateKey, Optional<SigningKey>> imported = new WeakIdentityCache<>();

    private PerOperationBackend() {}

    /** What this JVM does best with the providers that it has at the time of each operation. */
    public static CryptoBackend platform() {
        return new PerOperationBackend();
    }

    @Override
    public KeyAgreement keyAgreement(NamedGroup group, Randomness randomness) throws GeneralSecurityException {
        if (fieldOf(group).isPresent()) return BouncyCastlePrimitives.keyAgreement(group, randomness);
        return BouncyCastlePrimitives.supports(group) && isSlow(jca.providerOf(group))
                ? BouncyCastlePrimitives.keyAgreement(group, randomness)
                : jca.keyAgreement(group, randomness);
    }

    @Override
    public KeyAgreement keyAgreement(FiniteField field, Randomness randomness) throws TlsAlertException {
        return BouncyCastlePrimitives.keyAgreement(field, randomness);
    }

    @Override
    public Optional<FiniteField> fieldOf(NamedGroup group) {
        return BouncyCastlePrimitives.fieldOf(group);
    }

    @Override
    public byte[] sign(SignatureScheme scheme, PrivateKey key, Randomness randomness, byte[]... parts)
            throws GeneralSecurityException {
        var method = SignatureMethod.of(scheme);
        if (method.isPresent() && signsSlowly(method.get())) {
            var ours = imported.of(key, PerOperationBackend::importKey);
            if (ours.isPresent()) return ours.get().sign(method.get().hash(), parts);
        }
        return jca.sign(scheme, key, randomness, parts);
    }

    private static Optional<SigningKey> importKey(PrivateKey key) {
        if (!PlatformKeys.isPlain(key)) return Optional.empty();
        if (key instanceof ECPrivateKey curve) return BouncyCastlePrimitives.importKey(curve);
        if (key instanceof EdECPrivateKey edwards) return BouncyCastlePrimitives.importKey(edwards);
        return Optional.empty();
    }

    @Override
    public boolean verify(SignatureScheme scheme, PublicKey key, byte[] signature, byte[]... parts) {
        if (!fits(scheme, key)) return false;
        var method = SignatureMethod.of(scheme).orElseThrow();
        var ours = signsSlowly(method) ? importKey(key) : Optional.<VerifyingKey>empty();
        return ours.isPresent()
                ? ours.get().verify(method.hash(), signature, parts)
                : jca.verify(scheme, key, signature, parts);
    }

    private static Optional<VerifyingKey> importKey(PublicKey key) {
        if (key instanceof ECPublicKey curve) return BouncyCastlePrimitives.importKey(curve);
        if (key instanceof EdECPublicKey edwards) return BouncyCastlePrimitives.importKey(edwards);
        return Optional.empty();
    }

    /** False for RSA, which is as fast in the platform as anywhere in Java. */
    private boolean signsSlowly(SignatureMethod method) {
        return switch (method.kind()) {
            case ECDSA, ED25519 -> isSlow(jca.providerOf(method));
            case RSA_PKCS1, RSA_PSS, RSA_PSS_PSS, ED448 -> false;
        };
    }

    /** What nobody serves is as slow as can be. */
    private static boolean isSlow(Optional<String> provider) {
        return provider.isEmpty() || provider.equals(SLOW);
    }

    @Override
    public boolean supports(NamedGroup group) {
        return BouncyCastlePrimitives.supports(group)
                || jca.supports(group)
                || fieldOf(group).isPresent();
    }

    @Override
    public boolean supports(SignatureScheme scheme) {
        return jca.supports(scheme);
    }

    @Override
    public byte[] hash(HashAlgorithm algorithm, byte[]... parts) {
        return jca.hash(algorithm, parts);
    }

    @Override
    public Hmac hmac(HashAlgorithm algorithm, Secret key) {
        return jca.hmac(algorithm, key);
    }

    @Override
    public Aead aesGcm(Aead.Direction direction, Secret key) {
        return jca.aesGcm(direction, key);
    }

    @Override
    public Aead chaCha20Poly1305(Aead.Direction direction, Secret key) {
        return jca.chaCha20Poly1305(direction, key);
    }

    @Override
    public BlockCipher aesCbc(Aead.Direction direction, Secret key) {
        return jca.aesCbc(direction, key);
    }

    @Override
    public byte[] rsaOaepEncrypt(PublicKey key, Secret secret, Randomness randomness) throws GeneralSecurityException {
        return jca.rsaOaepEncrypt(key, secret, randomness);
    }

    @Override
    public Secret rsaOaepDecrypt(PrivateKey key, byte[] encrypted, int length, Randomness randomness)
            throws GeneralSecurityException {
        return jca.rsaOaepDecrypt(key, encrypted, length, randomness);
    }

    @Override
    public byte[] rsaEncrypt(PublicKey key, Secret premaster, Randomness randomness) throws GeneralSecurityException {
        return jca.rsaEncrypt(key, premaster, randomness);
    }

    @Override
    public Secret rsaDecryptPremaster(PrivateKey key, byte[] encrypted, int version, Randomness randomness) {
        return jca.rsaDecryptPremaster(key, encrypted, version, randomness);
    }
}
