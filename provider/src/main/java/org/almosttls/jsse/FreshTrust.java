package org.almosttls.jsse;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.X509ExtendedTrustManager;
import org.almosttls.store.Reloaded;

/** Whom a store names that was read again; if that is nobody, nobody is trusted. */
record FreshTrust(String algorithm) implements Reloaded.Maker<X509ExtendedTrustManager> {

    @Override
    public X509ExtendedTrustManager make(KeyStore store) throws GeneralSecurityException {
        return PlainTrust.firstOf(PlatformFactories.trustManagers(algorithm, store));
    }
}
