package org.almosttls.jsse;

import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.UnrecoverableKeyException;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import org.almosttls.store.Reloaded;
import org.almosttls.store.Reloading;

/** The platform's factory for key managers under our provider's name; its keys are read again where that is wanted. */
public final class ThinKeyManagerFactory extends KeyManagerFactorySpi {

    private final KeyManagerFactory platform;
    private final String algorithm;
    private final Reloading reloading;
    private Optional<ReloadedKeys> reloaded = Optional.empty();

    /** @param algorithm the platform's name for it */
    public ThinKeyManagerFactory(String algorithm, Reloading reloading) throws NoSuchAlgorithmException {
        this.platform = PlatformFactories.keys(algorithm);
        this.algorithm = algorithm;
        this.reloading = reloading;
    }

    @Override
    protected void engineInit(KeyStore keys, char[] password)
            throws KeyStoreException, NoSuchAlgorithmException, UnrecoverableKeyException {
        platform.init(keys, password);
        var known = Optional.ofNullable(password);
        reloaded = new NamedStores(reloading)
                .fileOf(keys, known)
                .map(found -> new ReloadedKeys(new Reloaded<>(
                        found.file(),
                        found.stamp(),
                        PlainKeys.firstOf(platform.getKeyManagers()),
                        new FreshKeys(algorithm, known),
                        reloading)));
    }

    @Override
    protected void engineInit(ManagerFactoryParameters parameters) throws InvalidAlgorithmParameterException {
        platform.init(parameters);
        reloaded = Optional.empty();
    }

    @Override
    protected KeyManager[] engineGetKeyManagers() {
        return reloaded.map(keys -> new KeyManager[] {keys}).orElseGet(platform::getKeyManagers);
    }
}
