package org.almosttls.agent.lab;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** A key and who vouches for it. */
record Identity(KeyPair keys, X509Certificate own, X509Certificate authority) {

    private static final char[] NO_PASSWORD = {};

    KeyManager[] keyManagers() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", keys.getPrivate(), NO_PASSWORD, new Certificate[] {own, authority});
        // This one decrypts the key once, not for each of the hundreds of connections that some attacks need.
        var factory = KeyManagerFactory.getInstance("SunX509");
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    @Override
    public String toString() {
        return "Identity[" + own.getSubjectX500Principal() + "]";
    }
}
