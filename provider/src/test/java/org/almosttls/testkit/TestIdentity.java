package org.almosttls.testkit;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import org.almosttls.config.Credential;

/** A certificate chain, leaf first, CA last, and the leaf's private key. */
public record TestIdentity(List<X509Certificate> chain, PrivateKey key) {

    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** Its CA, whom others trust. */
    public X509Certificate anchor() {
        return chain.get(chain.size() - 1);
    }

    public Credential credential() {
        return new Credential(chain, key);
    }

    /** A store with this as its only entry, under {@link TestCertificates#PASSWORD}. */
    public KeyStore keyStore() {
        return keyStore(this);
    }

    /** A store with all of these, under the same password. */
    public static KeyStore keyStore(TestIdentity... all) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < all.length; i++)
                store.setKeyEntry(
                        "own" + i, all[i].key, TestCertificates.PASSWORD, all[i].chain.toArray(Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
