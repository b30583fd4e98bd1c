package org.almosttls.control;

import java.io.FileInputStream;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.concurrent.Callable;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;

/**
 * An application that sets properties just before its first use of TLS, and tells what became of its default context,
 * one line each. The platform keeps its managers for as long as the JVM lives.
 */
public final class DefaultsApp {

    private DefaultsApp() {}

    /**
     * @param words the stack, the file of a server's key store, its password, and properties: {@code name=value}, or
     *     {@code security:name=value}
     */
    public static void main(String[] words) {
        if (words[0].equals(Stack.ALMOST_TLS.name())) Security.insertProviderAt(new AlmostTlsProvider(), 1);
        Arrays.stream(words).skip(3).forEach(DefaultsApp::set);
        tell("context", () -> SSLContext.getDefault().getProtocol());
        tell("again", () -> SSLContext.getDefault() == SSLContext.getDefault());
        tell("shown", DefaultsApp::shown);
        tell("trusts", () -> trusts(words[1], words[2].toCharArray()));
        tell("socket", () -> SSLSocketFactory.getDefault().createSocket().isConnected());
        tell(
                "serverSocket",
                () -> SSLServerSocketFactory.getDefault().createServerSocket().isBound());
        tell(
                "https",
                () -> HttpsURLConnection.getDefaultSSLSocketFactory()
                        .createSocket()
                        .isConnected());
        tell("own", () -> {
            SSLContext.setDefault(SSLContext.getInstance("TLSv1.2"));
            return SSLContext.getDefault().getProtocol();
        });
    }

    private static void set(String word) {
        var parts = word.split("=", 2);
        if (word.startsWith("security:")) Security.setProperty(parts[0].substring("security:".length()), parts[1]);
        else System.setProperty(parts[0], parts[1]);
    }

    private static void tell(String question, Callable<?> answer) {
        System.out.println(question + ": " + answer(answer));
    }

    private static Object answer(Callable<?> answer) {
        try {
            return answer.call();
        } catch (Exception e) {
            return e.getClass().getSimpleName();
        }
    }

    private static Object shown() throws Exception {
        var client = Contexts.of("TLS", Contexts.PLATFORM, new KeyManager[0], new TrustManager[] {new TrustsAll()});
        var pair = new EnginePair(client, SSLContext.getDefault()).handshake();
        return pair.client().engine().getSession().getPeerPrincipal();
    }

    private static Object trusts(String file, char[] password) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = new FileInputStream(file)) {
            store.load(in, password);
        }
        var keys = KeyManagerFactory.getInstance("PKIX", Contexts.PLATFORM);
        keys.init(store, password);
        var server = Contexts.of("TLS", Contexts.PLATFORM, keys.getKeyManagers(), null);
        return new EnginePair(SSLContext.getDefault(), server)
                .handshake()
                .client()
                .engine()
                .getSession()
                .isValid();
    }

    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
