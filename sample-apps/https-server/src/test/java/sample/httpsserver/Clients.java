package sample.httpsserver;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import sample.testkit.ThrowAwayKeys;

/** HTTP clients of the JDK for the server under test. */
final class Clients {

    private static final char[] PASSWORD = ThrowAwayKeys.PASSWORD.toCharArray();

    private Clients() {}

    static HttpClient trusting(ThrowAwayKeys keys) throws GeneralSecurityException, IOException {
        return trusting(keys.trustStore());
    }

    static HttpClient trusting(Path trustStore) throws GeneralSecurityException, IOException {
        return client(trustStore, new KeyManager[0]);
    }

    static HttpClient trustingAndShowing(ThrowAwayKeys keys, Path keyStore)
            throws GeneralSecurityException, IOException {
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(KeyStore.getInstance(keyStore.toFile(), PASSWORD), PASSWORD);
        return client(keys.trustStore(), own.getKeyManagers());
    }

    private static HttpClient client(Path trustStore, KeyManager... own) throws GeneralSecurityException, IOException {
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(trustStore.toFile(), PASSWORD));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }
}
