package org.almosttls.testkit;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.almosttls.AlmostTlsProvider;

/** Contexts of either stack; all trust the CA of {@link TestCertificates}. */
public final class Contexts {

    public static final Provider OURS = new AlmostTlsProvider();
    public static final Provider PLATFORM = Security.getProvider("SunJSSE");

    private Contexts() {}

    /** Without a key of its own. */
    public static SSLContext client(Provider provider) {
        return of(provider, new KeyManager[0], trust(TestCertificates.trustStore()));
    }

    /** With a key of its own. */
    public static SSLContext with(Provider provider, TestIdentity identity) {
        return of(provider, keys(identity), trust(TestCertificates.trustStore()));
    }

    /** Bob's, for AlmostTLSv1. */
    public static SSLContext almostClient(Provider provider) {
        return of("AlmostTLS", provider, new KeyManager[0], trust(TestCertificates.trustStore()));
    }

    /** Alice's, for AlmostTLSv1. */
    public static SSLContext almostWith(Provider provider, TestIdentity identity) {
        return of("AlmostTLS", provider, keys(identity), trust(TestCertificates.trustStore()));
    }

    /** Of TLS 1.2. */
    public static SSLContext of(Provider provider, KeyManager[] keys, TrustManager[] trust) {
        return of("TLSv1.2", provider, keys, trust);
    }

    /** By a name of an {@code SSLContext}, with keys of its own if it is given any. */
    public static SSLContext named(String protocol, Provider provider, TestIdentity... identities) {
        var keys = identities.length == 0 ? new KeyManager[0] : keys(identities);
        return of(protocol, provider, keys, trust(TestCertificates.trustStore()));
    }

    /** By a name of an {@code SSLContext}. */
    public static SSLContext of(String protocol, Provider provider, KeyManager[] keys, TrustManager[] trust) {
        try {
            var context = SSLContext.getInstance(protocol, provider);
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The platform's key managers. */
    public static KeyManager[] keys(TestIdentity... identities) {
        try {
            var factory = KeyManagerFactory.getInstance("PKIX", PLATFORM);
            factory.init(TestIdentity.keyStore(identities), TestCertificates.PASSWORD);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The platform's trust managers. */
    public static TrustManager[] trust(KeyStore anchors) {
        try {
            var factory = TrustManagerFactory.getInstance("PKIX", PLATFORM);
            factory.init(anchors);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
