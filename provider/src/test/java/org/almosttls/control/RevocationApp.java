package org.almosttls.control;

import java.io.FileInputStream;
import java.security.KeyStore;
import java.security.Security;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.TestCertificates;

/**
 * An application in whose JVM administrators have revocation looked at by properties alone; it says whether its client
 * takes its server for good, and what the server reads of it.
 */
public final class RevocationApp {

    private RevocationApp() {}

    /** @param words the stack, the version, the server's key store, its trust store, and security properties */
    public static void main(String[] words) throws Exception {
        for (int i = 4; i < words.length; i++) {
            var parts = words[i].split("=", 2);
            Security.setProperty(parts[0], parts[1]);
        }
        var provider = Stack.valueOf(words[0]).provider();
        var keys = KeyManagerFactory.getInstance("PKIX", provider);
        keys.init(store(words[2]), TestCertificates.PASSWORD);
        var trust = TrustManagerFactory.getInstance("PKIX", provider);
        trust.init(store(words[3]));
        var context = SSLContext.getInstance(words[1], provider);
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        var pair = new EnginePair(context, context);
        System.out.println("client: " + outcome(pair));
        System.out.println("server: " + read(pair));
    }

    private static KeyStore store(String file) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = new FileInputStream(file)) {
            store.load(in, TestCertificates.PASSWORD);
        }
        return store;
    }

    private static String outcome(EnginePair pair) throws SSLException {
        try {
            pair.handshake();
            return "takes it";
        } catch (SSLException refused) {
            Throwable root = refused;
            while (root.getCause() != null) root = root.getCause();
            return refused.getClass().getSimpleName() + " for "
                    + root.getClass().getSimpleName();
        }
    }

    private static String read(EnginePair pair) throws SSLException {
        try {
            pair.server().deliver(pair.client().wrapAll(new byte[0]));
            pair.server().unwrapAll();
            return "nothing";
        } catch (SSLException alert) {
            return alert.getMessage().replaceAll(".*: ", "");
        }
    }
}
