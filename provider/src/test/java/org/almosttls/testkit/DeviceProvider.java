package org.almosttls.testkit;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.Map;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;

/**
 * As a provider for a hardware module: signatures, and RSA that removes PKCS #1 padding itself, with device keys only; and
 * the store of those keys, which is in no file.
 */
public final class DeviceProvider extends Provider implements AutoCloseable {

    private static final long serialVersionUID = 1L;

    private static final Map<String, Class<?>> SIGNATURES = Map.of(
            "SHA256withECDSA", DeviceSignature.Ecdsa.class,
            "SHA256withRSA", DeviceSignature.Rsa.class,
            "RSASSA-PSS", DeviceSignature.RsaPss.class,
            "Ed25519", DeviceSignature.Ed25519.class);

    private DeviceProvider(String... without) {
        super("TestDevice", "1", "Keys that cannot be extracted");
        SIGNATURES.forEach((algorithm, by) -> {
            if (!List.of(without).contains(algorithm)) serve("Signature", algorithm, by);
        });
        serve("Cipher", "RSA/ECB/PKCS1Padding", Rsa.class);
        putService(new Service(this, "KeyStore", "TestDevice", DeviceStore.class.getName(), null, null));
    }

    private void serve(String type, String algorithm, Class<?> by) {
        var attributes = Map.of("SupportedKeyClasses", DeviceKey.class.getName());
        putService(new Service(this, type, algorithm, by.getName(), null, attributes));
    }

    /** The JVM's last provider, until it is closed. */
    public static DeviceProvider last() {
        var provider = new DeviceProvider();
        Security.addProvider(provider);
        return provider;
    }

    /** The same, which does not know these signatures. */
    public static DeviceProvider lastWithout(String... signatures) {
        var provider = new DeviceProvider(signatures);
        Security.addProvider(provider);
        return provider;
    }

    /** The JVM's first provider, until it is closed. */
    public static DeviceProvider first() {
        var provider = new DeviceProvider();
        Security.insertProviderAt(provider, 1);
        return provider;
    }

    @Override
    public void close() {
        Security.removeProvider(getName());
    }

    /** RSAES-PKCS1-v1_5 by the platform on the key inside. */
    public static final class Rsa extends CipherSpi {

        private final Cipher inside;

        public Rsa() throws GeneralSecurityException {
            inside = Cipher.getInstance("RSA/ECB/PKCS1Padding", "SunJCE");
        }

        @Override
        protected void engineInit(int mode, Key key, SecureRandom random) throws InvalidKeyException {
            inside.init(mode, DeviceKey.inside(key), random);
        }

        @Override
        protected void engineInit(int mode, Key key, AlgorithmParameterSpec parameters, SecureRandom random)
                throws InvalidKeyException {
            engineInit(mode, key, random);
        }

        @Override
        protected void engineInit(int mode, Key key, AlgorithmParameters parameters, SecureRandom random)
                throws InvalidKeyException {
            engineInit(mode, key, random);
        }

        @Override
        protected byte[] engineDoFinal(byte[] in, int offset, int length) throws BadPaddingException {
            try {
                return inside.doFinal(in, offset, length);
            } catch (GeneralSecurityException e) {
                throw new BadPaddingException("the device says no");
            }
        }

        @Override
        protected int engineDoFinal(byte[] in, int offset, int length, byte[] out, int outOffset) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected byte[] engineUpdate(byte[] in, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected int engineUpdate(byte[] in, int offset, int length, byte[] out, int outOffset) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineSetMode(String mode) {
            // The only one there is.
        }

        @Override
        protected void engineSetPadding(String padding) {
            // The only one there is.
        }

        @Override
        protected int engineGetBlockSize() {
            return 0;
        }

        @Override
        protected int engineGetOutputSize(int length) {
            return length;
        }

        @Override
        protected byte[] engineGetIV() {
            return null;
        }

        @Override
        protected AlgorithmParameters engineGetParameters() {
            return null;
        }
    }
}
