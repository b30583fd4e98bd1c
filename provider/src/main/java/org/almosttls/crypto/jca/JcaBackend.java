package org.almosttls.crypto.jca;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.Aead;
import org.almosttls.crypto.BlockCipher;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.crypto.FiniteField;
import org.almosttls.crypto.Hmac;
import org.almosttls.crypto.KeyAgreement;
import org.almosttls.crypto.Randomness;
import org.almosttls.crypto.Secret;
import org.almosttls.crypto.SignatureMethod;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;

/** Every primitive from the JCA, by whatever provider the JVM prefers. */
public final class JcaBackend implements CryptoBackend {

    private static final Map<NamedGroup, String> CURVES = Map.of(
            NamedGroup.SECP256R1, "secp256r1", NamedGroup.SECP384R1, "secp384r1", NamedGroup.SECP521R1, "secp521r1");

    private final Map<SignatureScheme, Boolean> supported = new ConcurrentHashMap<>();

    @Override
    public byte[] hash(HashAlgorithm algorithm, byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance(algorithm.jcaName());
            for (byte[] part : parts) digest.update(part);
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Hmac hmac(HashAlgorithm algorithm, Secret key) {
        try {
            return new JcaHmac(algorithm, key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Aead aesGcm(Aead.Direction direction, Secret key) {
        try {
            return JcaAead.aesGcm(direction, key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Aead chaCha20Poly1305(Aead.Direction direction, Secret key) {
        try {
            return JcaAead.chaCha20Poly1305(direction, key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public BlockCipher aesCbc(Aead.Direction direction, Secret key) {
        try {
            return new JcaBlockCipher(direction, key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public KeyAgreement keyAgreement(NamedGroup group, Randomness randomness) throws GeneralSecurityException {
        if (group.equals(NamedGroup.X25519)) return new JcaXdh(NamedParameterSpec.X25519, randomness);
        if (group.equals(NamedGroup.X448)) return new JcaXdh(NamedParameterSpec.X448, randomness);
        if (!CURVES.containsKey(group)) throw new IllegalArgumentException("unsupported group " + group);
        return new JcaEcdh(CURVES.get(group), randomness);
    }

    @Override
    public KeyAgreement keyAgreement(FiniteField field, Randomness randomness) throws TlsAlertException {
        try {
            return new JcaFiniteField(field, randomness);
        } catch (GeneralSecurityException unfit) {
            throw Violation.BAD_PUBLIC_KEY.causedBy(unfit);
        }
    }

    /** The platform knows no names of fields. */
    @Override
    public Optional<FiniteField> fieldOf(NamedGroup group) {
        return Optional.empty();
    }

    @Override
    public boolean supports(NamedGroup group) {
        return isMontgomery(group) || CURVES.containsKey(group);
    }

    @Override
    public boolean supports(SignatureScheme scheme) {
        return supported.computeIfAbsent(
                scheme,
                each -> SignatureMethod.of(each)
                        .flatMap(JcaSignatures::provider)
                        .isPresent());
    }

    /** The name of the provider that the JVM prefers for such signatures, if it has any; keys may decide otherwise. */
    public Optional<String> providerOf(SignatureMethod method) {
        return JcaSignatures.provider(method);
    }

    /** The name of the provider that the JVM prefers for agreement in this group, if it has any. */
    public Optional<String> providerOf(NamedGroup group) {
        try {
            String algorithm = isMontgomery(group) ? group.name().toUpperCase(Locale.ROOT) : "ECDH";
            return Optional.of(javax.crypto.KeyAgreement.getInstance(algorithm)
                    .getProvider()
                    .getName());
        } catch (NoSuchAlgorithmException e) {
            return Optional.empty();
        }
    }

    private static boolean isMontgomery(NamedGroup group) {
        return group.equals(NamedGroup.X25519) || group.equals(NamedGroup.X448);
    }

    /** A key of which there are octets is one that every provider can use. */
    @Override
    public Optional<SignatureScheme> firstMadeWith(PrivateKey key, List<SignatureScheme> schemes) {
        var first = schemes.stream().findFirst();
        if (key.getFormat() != null) return first;
        return schemes.stream()
                .filter(scheme -> JcaSignatures.makes(methodOf(scheme), key))
                .findFirst()
                .or(() -> first);
    }

    @Override
    public byte[] sign(SignatureScheme scheme, PrivateKey key, Randomness randomness, byte[]... parts)
            throws GeneralSecurityException {
        return JcaSignatures.sign(methodOf(scheme), key, randomness, parts);
    }

    @Override
    public boolean verify(SignatureScheme scheme, PublicKey key, byte[] signature, byte[]... parts) {
        if (!fits(scheme, key)) return false;
        try {
            return JcaSignatures.verify(methodOf(scheme), key, signature, parts);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static SignatureMethod methodOf(SignatureScheme scheme) {
        return SignatureMethod.of(scheme)
                .orElseThrow(() -> new IllegalArgumentException("unsupported scheme " + scheme));
    }

    @Override
    public byte[] rsaOaepEncrypt(PublicKey key, Secret secret, Randomness randomness) throws GeneralSecurityException {
        return RsaOaep.encrypt(key, secret, randomness);
    }

    @Override
    public Secret rsaOaepDecrypt(PrivateKey key, byte[] encrypted, int length, Randomness randomness)
            throws GeneralSecurityException {
        return RsaOaep.decrypt(key, encrypted, length, randomness);
    }

    @Override
    public byte[] rsaEncrypt(PublicKey key, Secret premaster, Randomness randomness) throws GeneralSecurityException {
        return RsaPremaster.encrypt(key, premaster, randomness);
    }

    @Override
    public Secret rsaDecryptPremaster(PrivateKey key, byte[] encrypted, int version, Randomness randomness) {
        return RsaPremaster.decrypt(key, encrypted, version, randomness);
    }
}
