package org.almosttls.jsse;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import org.almosttls.store.Reloaded;
import org.almosttls.store.Reloading;

/** The platform's factory for trust managers under our provider's name; whom to trust is read again where that is wanted. */
public final class ThinTrustManagerFactory extends TrustManagerFactorySpi {

    private final TrustManagerFactory platform;
    private final String algorithm;
    private final Reloading reloading;
    private Optional<TrustManager[]> own = Optional.empty();

    /** @param algorithm the platform's name for it */
    public ThinTrustManagerFactory(String algorithm, Reloading reloading) throws NoSuchAlgorithmException {
        this.platform = PlatformFactories.trust(algorithm);
        this.algorithm = algorithm;
        this.reloading = reloading;
    }

    /** @param anchors null for the default trust store */
    @Override
    protected void engineInit(KeyStore anchors) throws KeyStoreException {
        platform.init(anchors);
        if (reloading.wanted().isEmpty()) own = Optional.empty();
        else own = anchors == null ? Optional.of(ofDefault()) : ofNamed(anchors);
    }

    private TrustManager[] ofDefault() throws KeyStoreException {
        try {
            return DefaultStores.trust(algorithm, reloading);
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyStoreException("the default trust store cannot be read: " + e.getMessage(), e);
        }
    }

    private Optional<TrustManager[]> ofNamed(KeyStore anchors) {
        return new NamedStores(reloading)
                .fileOf(anchors, DefaultStores.trustPassword())
                .map(found -> new TrustManager[] {
                    new ReloadedTrust(new Reloaded<>(
                            found.file(),
                            found.stamp(),
                            PlainTrust.firstOf(platform.getTrustManagers()),
                            new FreshTrust(algorithm),
                            reloading))
                });
    }

    @Override
    protected void engineInit(ManagerFactoryParameters parameters) throws InvalidAlgorithmParameterException {
        platform.init(parameters);
        own = Optional.empty();
    }

    @Override
    protected TrustManager[] engineGetTrustManagers() {
        return own.map(TrustManager[]::clone).orElseGet(platform::getTrustManagers);
    }
}
