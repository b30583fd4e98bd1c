package org.almosttls.jsse;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.Collections;
import java.util.Optional;
import javax.net.ssl.X509ExtendedKeyManager;
import org.almosttls.store.Reloaded;

/** The keys of a store that was read again; while an administrator is at it, it may have none. */
final class FreshKeys implements Reloaded.Maker<X509ExtendedKeyManager> {

    private final String algorithm;
    private final Optional<char[]> password;

    /** @param password of the keys */
    FreshKeys(String algorithm, Optional<char[]> password) {
        this.algorithm = algorithm;
        this.password = password.map(char[]::clone);
    }

    @Override
    public X509ExtendedKeyManager make(KeyStore store) throws GeneralSecurityException {
        boolean hasKey = false;
        for (var alias : Collections.list(store.aliases())) hasKey |= store.isKeyEntry(alias);
        if (!hasKey) throw new KeyStoreException("it holds no key");
        var factory = PlatformFactories.keys(algorithm);
        factory.init(store, password.orElse(null));
        return PlainKeys.firstOf(factory.getKeyManagers());
    }
}
