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

/** Has another do all of it, but for what a subclass does otherwise. */
public abstract class ForwardingCrypto implements CryptoBackend {

    private final CryptoBackend proper;

    protected ForwardingCrypto(CryptoBackend proper) {
        this.proper = proper;
    }

    @Override
    public byte[] hash(HashAlgorithm algorithm, byte[]... parts) {
        return proper.hash(algorithm, parts);
    }

    @Override
    public Hmac hmac(HashAlgorithm algorithm, Secret key) {
        return proper.hmac(algorithm, key);
    }

    @Override
    public Aead aesGcm(Aead.Direction direction, Secret key) {
        return proper.aesGcm(direction, key);
    }

    @Override
    public Aead chaCha20Poly1305(Aead.Direction direction, Secret key) {
        return proper.chaCha20Poly1305(direction, key);
    }

    @Override
    public KeyAgreement keyAgreement(FiniteField field, Randomness randomness) throws TlsAlertException {
        return proper.keyAgreement(field, randomness);
    }

    @Override
    public Optional<FiniteField> fieldOf(NamedGroup group) {
        return proper.fieldOf(group);
    }

    @Override
    public BlockCipher aesCbc(Aead.Direction direction, Secret key) {
        return proper.aesCbc(direction, key);
    }

    @Override
    public KeyAgreement keyAgreement(NamedGroup group, Randomness randomness) throws GeneralSecurityException {
        return proper.keyAgreement(group, randomness);
    }

    @Override
    public Encapsulated encapsulate(NamedGroup group, byte[] clientShare, Randomness randomness)
            throws GeneralSecurityException, TlsAlertException {
        return proper.encapsulate(group, clientShare, randomness);
    }

    @Override
    public boolean supports(NamedGroup group) {
        return proper.supports(group);
    }

    @Override
    public boolean supports(SignatureScheme scheme) {
        return proper.supports(scheme);
    }

    @Override
    public byte[] sign(SignatureScheme scheme, PrivateKey key, Randomness randomness, byte[]... parts)
            throws GeneralSecurityException {
        return proper.sign(scheme, key, randomness, parts);
    }

    @Override
    public Optional<SignatureScheme> firstMadeWith(PrivateKey key, List<SignatureScheme> schemes) {
        return proper.firstMadeWith(key, schemes);
    }

    @Override
    public boolean verify(SignatureScheme scheme, PublicKey key, byte[] signature, byte[]... parts) {
        return proper.verify(scheme, key, signature, parts);
    }

    @Override
    public byte[] rsaOaepEncrypt(PublicKey key, Secret secret, Randomness randomness) throws GeneralSecurityException {
        return proper.rsaOaepEncrypt(key, secret, randomness);
    }

    @Override
    public Secret rsaOaepDecrypt(PrivateKey key, byte[] encrypted, int length, Randomness randomness)
            throws GeneralSecurityException {
        return proper.rsaOaepDecrypt(key, encrypted, length, randomness);
    }

    @Override
    public byte[] rsaEncrypt(PublicKey key, Secret premaster, Randomness randomness) throws GeneralSecurityException {
        return proper.rsaEncrypt(key, premaster, randomness);
    }

    @Override
    public Secret rsaDecryptPremaster(PrivateKey key, byte[] encrypted, int version, Randomness randomness) {
        return proper.rsaDecryptPremaster(key, encrypted, version, randomness);
    }
}
