package org.almosttls.jsse;

import java.io.FileInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.KeyStore;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;

/**
 * The context of {@code SSLContext.getDefault()}: keys of the {@code javax.net.ssl.keyStore} properties and the default
 * trust store, both read when the context is made, as applications set them just before.
 */
public final class AlmostSslContextDefault extends AlmostSslContext {

    private static final String NONE = "NONE";

    /** @throws KeyManagementException if the key store cannot be read */
    public AlmostSslContextDefault(Lending lending, Scope scope) throws KeyManagementException {
        super(lending, scope);
        try {
            initialise(defaultKeys(), null, null);
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyManagementException("the default key store cannot be read: " + e.getMessage(), e);
        }
    }

    /** As the platform's default context: it is initialised already. */
    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
            throws KeyManagementException {
        throw new KeyManagementException("Default SSLContext is initialized automatically");
    }

    private static KeyManager[] defaultKeys() throws GeneralSecurityException, IOException {
        String place = property("keyStore", "");
        String type = property("keyStoreType", KeyStore.getDefaultType());
        if (place.isEmpty() || place.equals(NONE) && type.equals(KeyStore.getDefaultType())) return new KeyManager[0];
        String provider = property("keyStoreProvider", "");
        var store = provider.isEmpty() ? KeyStore.getInstance(type) : KeyStore.getInstance(type, provider);
        String given = property("keyStorePassword", "");
        char[] password = given.isEmpty() ? null : given.toCharArray();
        load(store, place, password);
        var factory = PlatformFactories.keys(KeyManagerFactory.getDefaultAlgorithm());
        // A token unlocks its keys itself.
        factory.init(store, place.equals(NONE) ? null : password);
        return factory.getKeyManagers();
    }

    private static void load(KeyStore store, String place, char[] password)
            throws GeneralSecurityException, IOException {
        if (place.equals(NONE)) {
            store.load(null, password);
            return;
        }
        try (var file = new FileInputStream(place)) {
            store.load(file, password);
        }
    }

    private static String property(String name, String otherwise) {
        return System.getProperty("javax.net.ssl." + name, otherwise);
    }
}
