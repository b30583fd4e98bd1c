package org.almosttls.jsse;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.almosttls.registry.Role;

/**
 * A plain {@code X509TrustManager} as an extended one. It judges alone, but for what the platform adds: the
 * {@link CertificateRules}, and the host name that it cannot know. Where an endpoint identification algorithm is set, the
 * platform's own manager checks the name, with the peer's certificate as its only trust anchor so that it checks nothing
 * else.
 */
final class PlainTrust extends X509ExtendedTrustManager {

    private final X509TrustManager trust;

    private PlainTrust(X509TrustManager trust) {
        this.trust = trust;
    }

    /** The first X.509 trust manager of these, as the platform picks it; one that trusts nobody if there is none. */
    static X509ExtendedTrustManager firstOf(TrustManager... managers) {
        var first = Arrays.stream(managers)
                .filter(X509TrustManager.class::isInstance)
                .findFirst();
        if (first.isEmpty()) return NoTrust.INSTANCE;
        return first.get() instanceof X509ExtendedTrustManager extended
                ? extended
                : new PlainTrust((X509TrustManager) first.get());
    }

    /** The class of who judges in the end. */
    static String judgeOf(X509ExtendedTrustManager trust) {
        if (trust instanceof ReloadedTrust reloaded) return judgeOf(reloaded.current());
        var judge = trust instanceof PlainTrust plain ? plain.trust : trust;
        return judge.getClass().getName();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        trust.checkClientTrusted(chain, authType);
        if (!(socket instanceof SSLSocket ssl)) return;
        rules(ssl.getSSLParameters()).check(chain, Role.CLIENT);
        if (names(ssl.getSSLParameters())) nameCheck(chain).checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        trust.checkServerTrusted(chain, authType);
        if (!(socket instanceof SSLSocket ssl)) return;
        rules(ssl.getSSLParameters()).check(chain, Role.SERVER);
        if (names(ssl.getSSLParameters())) nameCheck(chain).checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        trust.checkClientTrusted(chain, authType);
        rules(engine.getSSLParameters()).check(chain, Role.CLIENT);
        if (names(engine.getSSLParameters())) nameCheck(chain).checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        trust.checkServerTrusted(chain, authType);
        rules(engine.getSSLParameters()).check(chain, Role.SERVER);
        if (names(engine.getSSLParameters())) nameCheck(chain).checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        trust.checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        trust.checkServerTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.getAcceptedIssuers();
    }

    private static CertificateRules rules(SSLParameters parameters) {
        return CertificateRules.current(Optional.ofNullable(parameters.getAlgorithmConstraints()));
    }

    private static boolean names(SSLParameters parameters) {
        String algorithm = parameters.getEndpointIdentificationAlgorithm();
        return algorithm != null && !algorithm.isEmpty();
    }

    private static X509ExtendedTrustManager nameCheck(X509Certificate[] chain) throws CertificateException {
        try {
            var anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            anchors.setCertificateEntry("peer", chain[0]);
            return (X509ExtendedTrustManager) PlatformFactories.trustManagers("PKIX", anchors)[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateException("the host name cannot be checked", e);
        }
    }

    /** Trusts nobody. */
    private static final class NoTrust extends X509ExtendedTrustManager {

        static final NoTrust INSTANCE = new NoTrust();

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw refusal();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw refusal();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw refusal();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw refusal();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw refusal();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw refusal();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }

        private static CertificateException refusal() {
            return new CertificateException("No X509TrustManager implementation available");
        }
    }
}
