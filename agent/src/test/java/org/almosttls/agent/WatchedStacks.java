package org.almosttls.agent;

import java.security.Provider;
import java.security.Security;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Providers that are not the platform's, and what they need of it. */
final class WatchedStacks {

    private WatchedStacks() {}

    static Provider named(String stack) throws Exception {
        if (stack.equals("Conscrypt"))
            return (Provider) Class.forName("org.conscrypt.Conscrypt")
                    .getMethod("newProvider")
                    .invoke(null);
        if (stack.equals("Netty")) return new WatchedNetty();
        if (Security.getProvider("BC") == null)
            Security.addProvider(made("org.bouncycastle.jce.provider.BouncyCastleProvider"));
        return made("org.bouncycastle.jsse.provider.BouncyCastleJsseProvider");
    }

    static SSLContext context(String stack) throws Exception {
        return stack.equals("SunJSSE") ? SSLContext.getInstance("TLS") : SSLContext.getInstance("TLS", named(stack));
    }

    static KeyManagerFactory keys(String stack) throws Exception {
        return stack.equals("BCJSSE")
                ? KeyManagerFactory.getInstance("PKIX", named(stack))
                : KeyManagerFactory.getInstance("PKIX");
    }

    private static Provider made(String type) throws Exception {
        return (Provider) Class.forName(type).getConstructor().newInstance();
    }

    /** Conscrypt calls a key exchange {@code GENERIC} that the platform's trust managers call {@code UNKNOWN}. */
    static TrustManager[] understood(String stack, TrustManager[] managers) {
        return stack.equals("Conscrypt")
                ? new TrustManager[] {new Understood((X509TrustManager) managers[0])}
                : managers;
    }

    private record Understood(X509TrustManager manager) implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            manager.checkClientTrusted(chain, kind);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            manager.checkServerTrusted(chain, kind.equals("GENERIC") ? "UNKNOWN" : kind);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return manager.getAcceptedIssuers();
        }
    }
}
