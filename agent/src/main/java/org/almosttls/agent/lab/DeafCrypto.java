package org.almosttls.agent.lab;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
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
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.NamedGroup;
import org.almosttls.registry.SignatureScheme;

/**
 * TLS 1.2 without its Finished: the hash of what was said is the same whatever was said, so verify_data (RFC 5246 §7.4.9)
 * and the extended master secret (RFC 7627 §4) no longer depend on the handshake. All else is done properly.
 */
record DeafCrypto(CryptoBackend proper) implements CryptoBackend {

    @Override
    public byte[] hash(HashAlgorithm algorithm, byte[]... parts) {
        return proper.hash(algorithm);
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
