package org.almosttls.jsse;

import java.io.FileInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * The context of {@code SSLContext.getDefault()}: keys of the {@code javax.net.ssl.keyStore} properties and the default
 * trust store, both read when the context is made, as applications set them just before.
 */
public final class AlmostSslContextDefault extends AlmostSslContext {

    private static final String NONE = "NONE";

    /** @throws KeyManagementException if the key store cannot be read */
    public AlmostSslContextDefault(Lending lending) throws KeyManagementException {
        super(lending, Preferences.Scope.ANY);
        try {
            engineInit(defaultKeys(), null, null);
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyManagementException("the default key store cannot be read: " + e.getMessage(), e);
        }
    }

    private static KeyManager[] defaultKeys() throws GeneralSecurityException, IOException {
        String place = property("keyStore", "");
        String type = property("keyStoreType", KeyStore.getDefaultType());
        if (place.isEmpty() || place.equals(NONE) && type.equals(KeyStore.getDefaultType())) return new KeyManager[0];
        String provider = property("keyStoreProvider", "");
        var store = provider.isEmpty() ? KeyStore.getInstance(type) : KeyStore.getInstance(type, provider);
        String password = property("keyStorePassword", "");
        load(store, place, password.isEmpty() ? null : password.toCharArray());
        var factory = PlatformFactories.keys(KeyManagerFactory.getDefaultAlgorithm());
        // A token unlocks its keys itself.
        factory.init(store, place.equals(NONE) ? null : password.toCharArray());
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
