package ordinary.web;

import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The key stores and the trust store that an application was started with, as system properties. */
public record Stores(String own, String ownEc, String trust, String password) {

    /** As {@code -Dstores.own}, {@code -Dstores.ownEc}, {@code -Dstores.trust} and {@code -Dstores.password} say. */
    public static Stores given() {
        return new Stores(word("own"), word("ownEc"), word("trust"), word("password"));
    }

    private static String word(String word) {
        return System.getProperty("stores." + word, "");
    }

    public KeyStore ownStore() throws GeneralSecurityException, IOException {
        return open(own);
    }

    public KeyStore trustStore() throws GeneralSecurityException, IOException {
        return open(trust);
    }

    private KeyStore open(String file) throws GeneralSecurityException, IOException {
        return KeyStore.getInstance(new File(file), password.toCharArray());
    }

    public KeyManagerFactory keys() throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(ownStore(), password.toCharArray());
        return keys;
    }

    public TrustManagerFactory trusted() throws GeneralSecurityException, IOException {
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(trustStore());
        return trusted;
    }

    public X509TrustManager trustManager() throws GeneralSecurityException, IOException {
        return (X509TrustManager) trusted().getTrustManagers()[0];
    }

    public SSLContext tls() throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys().getKeyManagers(), trusted().getTrustManagers(), null);
        return context;
    }
}
