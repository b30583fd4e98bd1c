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
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.Encapsulated;
import org.almosttls.crypto.FiniteField;
import org.almosttls.crypto.ForwardingCrypto;
import org.almosttls.crypto.KeyAgreement;
import org.almosttls.crypto.Randomness;
import org.almosttls.crypto.SignatureMethod;
import org.almosttls.crypto.bc.BouncyCastlePrimitives;
import org.almosttls.crypto.bc.BouncyCastlePrimitives.SigningKey;
import org.almosttls.crypto.bc.BouncyCastlePrimitives.VerifyingKey;
import org.almosttls.crypto.jca.JcaBackend;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;

/**
 * The fastest implementation of each operation that this JVM has: Bouncy Castle for elliptic curves where the JVM would
 * do them by the platform's own slow code, the JCA for all else, for curves that a native provider serves, and for keys
 * that are not plain software keys of the platform.
 */
public final class PerOperationBackend extends ForwardingCrypto {

    /** The platform's elliptic curves in plain Java: several times slower than Bouncy Castle's. */
    private static final Optional<String> SLOW = Optional.of("SunEC");

    private final JcaBackend jca;
    private final WeakIdentityCache<PrivateKey, Optional<SigningKey>> imported = new WeakIdentityCache<>();

    private PerOperationBackend(JcaBackend jca) {
        super(jca);
        this.jca = jca;
    }

    /** What this JVM does best with the providers that it has at the time of each operation. */
    public static CryptoBackend platform() {
        return new PerOperationBackend(new JcaBackend());
    }

    @Override
    public KeyAgreement keyAgreement(NamedGroup group, Randomness randomness) throws GeneralSecurityException {
        var hybrid = HybridGroup.of(group);
        if (hybrid.isPresent()) return hybrid.get().keyAgreement(this, randomness);
        if (fieldOf(group).isPresent()) return BouncyCastlePrimitives.keyAgreement(group, randomness);
        return BouncyCastlePrimitives.supports(group) && isSlow(jca.providerOf(group))
                ? BouncyCastlePrimitives.keyAgreement(group, randomness)
                : jca.keyAgreement(group, randomness);
    }

    @Override
    public Encapsulated encapsulate(NamedGroup group, byte[] clientShare, Randomness randomness)
            throws GeneralSecurityException, TlsAlertException {
        var hybrid = HybridGroup.of(group);
        if (hybrid.isPresent()) return hybrid.get().encapsulate(this, clientShare, randomness);
        return Encapsulated.by(keyAgreement(group, randomness), clientShare);
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
            case RSA_PKCS1, RSA_PKCS1_MD5_SHA1, RSA_PSS, RSA_PSS_PSS, ED448 -> false;
            // Keys that only the JCA has made can be had here.
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> false;
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
                || fieldOf(group).isPresent()
                || HybridGroup.of(group).isPresent();
    }
}
