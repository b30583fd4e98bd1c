package org.almosttls.jsse;

import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;

/** The platform's factory for trust managers under our provider's name. */
public final class ThinTrustManagerFactory extends TrustManagerFactorySpi {

    private final TrustManagerFactory platform;

    /** @param algorithm the platform's name for it */
    public ThinTrustManagerFactory(String algorithm) throws NoSuchAlgorithmException {
        platform = PlatformFactories.trust(algorithm);
    }

    @Override
    protected void engineInit(KeyStore anchors) throws KeyStoreException {
        platform.init(anchors);
    }

    @Override
    protected void engineInit(ManagerFactoryParameters parameters) throws InvalidAlgorithmParameterException {
        platform.init(parameters);
    }

    @Override
    protected TrustManager[] engineGetTrustManagers() {
        return platform.getTrustManagers();
    }
}
