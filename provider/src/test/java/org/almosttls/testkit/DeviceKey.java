package org.almosttls.testkit;

import java.security.Key;
import java.security.PrivateKey;

/** A private key that never leaves its device: it has no octets, and only {@link DeviceProvider} can use it. */
public final class DeviceKey implements PrivateKey {

    private static final long serialVersionUID = 1L;

    private final PrivateKey inside;

    public DeviceKey(PrivateKey inside) {
        this.inside = inside;
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
}
