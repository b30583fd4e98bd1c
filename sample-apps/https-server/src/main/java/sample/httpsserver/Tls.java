package sample.httpsserver;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import sample.httpsserver.Options.ClientAuth;

/** How the server speaks TLS: whose key it shows, and whether it asks clients for theirs. */
final class Tls extends HttpsConfigurator {

    private final ClientAuth clientAuth;

    Tls(SSLContext context, ClientAuth clientAuth) {
        super(context);
        this.clientAuth = clientAuth;
    }

    static SSLContext context(Options options) throws GeneralSecurityException, IOException {
        if (options.keyStore().isEmpty()) {
            return SSLContext.getDefault();
        }
        char[] password = options.password().toCharArray();
        KeyStore keyStore = KeyStore.getInstance(new File(options.keyStore()), password);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(keyStore, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    @Override
    public void configure(HttpsParameters params) {
        SSLParameters tls = getSSLContext().getDefaultSSLParameters();
        switch (clientAuth) {
            case NONE -> tls.setWantClientAuth(false);
            case WANT -> tls.setWantClientAuth(true);
            case NEED -> tls.setNeedClientAuth(true);
        }
        params.setSSLParameters(tls);
    }
}
