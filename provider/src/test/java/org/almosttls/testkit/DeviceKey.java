package org.almosttls.testkit;

import java.math.BigInteger;
import java.security.Key;
import java.security.PrivateKey;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;

/** A private key that never leaves its device: it has no octets, and only {@link DeviceProvider} can use it. */
public class DeviceKey implements PrivateKey {

    private static final long serialVersionUID = 1L;

    private final PrivateKey inside;

    public DeviceKey(PrivateKey inside) {
        this.inside = inside;
    }

    /** One that tells the length of its modulus, as those of PKCS #11 do, if it is one for RSA. */
    public static DeviceKey of(PrivateKey inside) {
        return inside instanceof RSAKey rsa ? new OfRsa(inside, rsa) : new DeviceKey(inside);
    }

    @Override
    public String getAlgorithm() {
        return inside.getAlgorithm();
    }

    @Override
    public String getFormat() {
        return null;
    }

    @Override
    public byte[] getEncoded() {
        return null;
    }

    static PrivateKey inside(Key key) {
        return ((DeviceKey) key).inside;
    }

    /** Tells what is public of it. */
    private static final class OfRsa extends DeviceKey implements RSAKey {

        private static final long serialVersionUID = 1L;

        private final transient RSAKey known;

        private OfRsa(PrivateKey inside, RSAKey known) {
            super(inside);
            this.known = known;
        }

        @Override
        public BigInteger getModulus() {
            return known.getModulus();
        }

        @Override
        public AlgorithmParameterSpec getParams() {
            return known.getParams();
        }
    }
}
