package org.almosttls.testkit;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;

/** A device's signature: by the platform, on the key inside. */
abstract class DeviceSignature extends SignatureSpi {

    private final Signature inside;

    private DeviceSignature(String algorithm, String provider) throws GeneralSecurityException {
        inside = Signature.getInstance(algorithm, provider);
    }

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
        throw new InvalidKeyException("signs only");
    }

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
        inside.initSign(DeviceKey.inside(key));
    }

    @Override
    protected void engineInitSign(PrivateKey key, SecureRandom random) throws InvalidKeyException {
        inside.initSign(DeviceKey.inside(key), random);
    }

    @Override
    protected void engineUpdate(byte octet) throws SignatureException {
        inside.update(octet);
    }

    @Override
    protected void engineUpdate(byte[] octets, int offset, int length) throws SignatureException {
        inside.update(octets, offset, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
        return inside.sign();
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
        throw new SignatureException("signs only");
    }

    @Override
    protected void engineSetParameter(AlgorithmParameterSpec parameters) throws InvalidAlgorithmParameterException {
        inside.setParameter(parameters);
    }

    @Override
    protected AlgorithmParameters engineGetParameters() {
        return inside.getParameters();
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
        throw new UnsupportedOperationException();
    }

    public static final class Ecdsa extends DeviceSignature {
        public Ecdsa() throws GeneralSecurityException {
            super("SHA256withECDSA", "SunEC");
        }
    }

    public static final class Rsa extends DeviceSignature {
        public Rsa() throws GeneralSecurityException {
            super("SHA256withRSA", "SunRsaSign");
        }
    }

    public static final class RsaPss extends DeviceSignature {
        public RsaPss() throws GeneralSecurityException {
            super("RSASSA-PSS", "SunRsaSign");
        }
    }

    public static final class Ed25519 extends DeviceSignature {
        public Ed25519() throws GeneralSecurityException {
            super("Ed25519", "SunEC");
        }
    }
}
