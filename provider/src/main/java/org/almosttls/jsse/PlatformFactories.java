package org.almosttls.jsse;

import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;

/** The factories for key and trust managers that the platform has besides ours. */
final class PlatformFactories {

    /** Where to look if every provider in the list is one of ours or has no factory. */
    private static final String LAST_RESORT = "SunJSSE";

    private PlatformFactories() {}

    static KeyManagerFactory keys(String algorithm) throws NoSuchAlgorithmException {
        var provider = providerOf("KeyManagerFactory", algorithm);
        var inside = made(KeyManagerFactorySpi.class, provider, "KeyManagerFactory", algorithm);
        return new KeyManagerFactory(inside, provider, algorithm) {};
    }

    static TrustManagerFactory trust(String algorithm) throws NoSuchAlgorithmException {
        var provider = providerOf("TrustManagerFactory", algorithm);
        var inside = made(TrustManagerFactorySpi.class, provider, "TrustManagerFactory", algorithm);
        return new TrustManagerFactory(inside, provider, algorithm) {};
    }

    /** Not by {@code getInstance}, whose answer an agent may have made ours. */
    private static <T> T made(Class<T> inside, Provider provider, String type, String algorithm)
            throws NoSuchAlgorithmException {
        var service = provider.getService(type, algorithm);
        if (service == null) throw new NoSuchAlgorithmException(algorithm + " " + type + " not available");
        return inside.cast(service.newInstance(null));
    }

    /** The trust managers over these anchors. */
    static TrustManager[] trustManagers(String algorithm, KeyStore anchors)
            throws NoSuchAlgorithmException, KeyStoreException {
        var factory = trust(algorithm);
        factory.init(anchors);
        return factory.getTrustManagers();
    }

    /** The first other provider with this service; ours are known by the room they come from, whoever loaded them. */
    private static Provider providerOf(String type, String algorithm) throws NoSuchAlgorithmException {
        return Arrays.stream(Security.getProviders())
                .filter(provider -> !isOurs(provider) && provider.getService(type, algorithm) != null)
                .findFirst()
                .or(() -> Optional.ofNullable(Security.getProvider(LAST_RESORT)))
                .orElseThrow(() -> new NoSuchAlgorithmException(algorithm + " " + type + " not available"));
    }

    private static boolean isOurs(Provider provider) {
        return provider.getName().equals("AlmostTLS");
    }
}
