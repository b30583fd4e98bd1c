package org.almosttls.jsse;

import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.UnrecoverableKeyException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;

/** The platform's factory for key managers under our provider's name. */
public final class ThinKeyManagerFactory extends KeyManagerFactorySpi {

    private final KeyManagerFactory platform;

    /** @param algorithm the platform's name for it */
    public ThinKeyManagerFactory(String algorithm) throws NoSuchAlgorithmException {
        platform = PlatformFactories.keys(algorithm);
    }

    @Override
    protected void engineInit(KeyStore keys, char[] password)
            throws KeyStoreException, NoSuchAlgorithmException, UnrecoverableKeyException {
        platform.init(keys, password);
    }

    @Override
    protected void engineInit(ManagerFactoryParameters parameters) throws InvalidAlgorithmParameterException {
        platform.init(parameters);
    }

    @Override
    protected KeyManager[] engineGetKeyManagers() {
        return platform.getKeyManagers();
    }
}
