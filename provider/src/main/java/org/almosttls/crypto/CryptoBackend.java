package org.almosttls.crypto;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;

/**
 * The primitives of one connection. Every call may pick another implementation; all are thread-safe to ask, while
 * what they return belongs to one thread at a time.
 */
public interface CryptoBackend {

    /** The digest of the parts one after the other. */
    byte[] hash(HashAlgorithm algorithm, byte[]... parts);

    /** A keyed HMAC (RFC 2104); it keeps a copy of the key until it is closed. */
    Hmac hmac(HashAlgorithm algorithm, Secret key);

    /** AES-GCM for one direction and key of 16 or 32 octets. */
    Aead aesGcm(Aead.Direction direction, Secret key);

    /** ChaCha20-Poly1305 for one direction and key of 32 octets. */
    Aead chaCha20Poly1305(Aead.Direction direction, Secret key);

    /** AES-CBC without padding for one direction and key of 16 or 32 octets. */
    BlockCipher aesCbc(Aead.Direction direction, Secret key);

    /** A fresh ephemeral key pair in a group for which {@link #supports(NamedGroup)} holds. */
    KeyAgreement keyAgreement(NamedGroup group, Randomness randomness) throws GeneralSecurityException;

    /**
     * RFC 8446 §4.2.8: what a server answers to a client's key share in a group for which {@link #supports(NamedGroup)}
     * holds.
     *
     * @throws TlsAlertException BAD_PUBLIC_KEY if the share is not valid in its group
     */
    default Encapsulated encapsulate(NamedGroup group, byte[] clientShare, Randomness randomness)
            throws GeneralSecurityException, TlsAlertException {
        return Encapsulated.by(keyAgreement(group, randomness), clientShare);
    }

    /**
     * A fresh ephemeral key pair in a finite field, which need not have a name.
     *
     * @throws TlsAlertException BAD_PUBLIC_KEY if prime and generator of a peer's choice make no such field
     */
    KeyAgreement keyAgreement(FiniteField field, Randomness randomness) throws TlsAlertException;

    /** The field of this name (RFC 7919 §A), if it is the name of one. */
    Optional<FiniteField> fieldOf(NamedGroup group);

    /** The name of a field, if it has one. */
    default Optional<NamedGroup> nameOf(FiniteField field) {
        return NamedGroup.FINITE_FIELDS.stream()
                .filter(group -> fieldOf(group).filter(field::equals).isPresent())
                .findFirst();
    }

    boolean supports(NamedGroup group);

    /** Whether this JVM can verify and make signatures of this scheme. */
    boolean supports(SignatureScheme scheme);

    /**
     * Whether a signature of this scheme can be made and verified with this key in TLS 1.2: any RSA key that is long
     * enough for any RSA scheme, an EC key of any curve for any ECDSA scheme (RFC 5246 §7.4.1.4.1), EdDSA by its curve.
     */
    default boolean fits(SignatureScheme scheme, PublicKey key) {
        return supports(scheme)
                && SignatureMethod.of(scheme).map(method -> method.fits(key)).orElse(false);
    }

    /**
     * The first of these schemes by which whoever has the key signs with it, a device say that knows no RSASSA-PSS; the
     * first of all if that is none of them, so that signing says what is wrong.
     */
    default Optional<SignatureScheme> firstMadeWith(PrivateKey key, List<SignatureScheme> schemes) {
        return schemes.stream().findFirst();
    }

    /** The signature over {@code parts} one after the other; the key may be one that cannot be extracted. */
    byte[] sign(SignatureScheme scheme, PrivateKey key, Randomness randomness, byte[]... parts)
            throws GeneralSecurityException;

    /** Whether the signature is right; a malformed one, or a key that does not fit the scheme, is not. */
    boolean verify(SignatureScheme scheme, PublicKey key, byte[] signature, byte[]... parts);

    /** RSAES-OAEP (RFC 8017 §7.1) with SHA-256, also in its mask, and an empty label. */
    byte[] rsaOaepEncrypt(PublicKey key, Secret secret, Randomness randomness) throws GeneralSecurityException;

    /**
     * The {@code length} octets under {@code encrypted}, or fresh random ones where the ciphertext is not right: whoever
     * sent it learns nothing (RFC 8017 §7.1.2 says why).
     *
     * @throws GeneralSecurityException if the key cannot be used for this, whatever the ciphertext
     */
    Secret rsaOaepDecrypt(PrivateKey key, byte[] encrypted, int length, Randomness randomness)
            throws GeneralSecurityException;

    /** RSAES-PKCS1-v1_5 encryption of a premaster secret (RFC 5246 §7.4.7.1). */
    byte[] rsaEncrypt(PublicKey key, Secret premaster, Randomness randomness) throws GeneralSecurityException;

    /**
     * RFC 5246 §7.4.7.1: the 48 octets under {@code encrypted}, or fresh random ones where padding, length or version
     * is wrong, in time and shape that do not tell which.
     *
     * @param version the two octets that the client's hello offered, which must lead the premaster secret
     */
    Secret rsaDecryptPremaster(PrivateKey key, byte[] encrypted, int version, Randomness randomness);
}
