package org.almosttls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.KeyManagementException;
import java.security.Provider;
import java.security.Security;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider as applications meet it in this JVM; the ways in that need one of their own are in {@code built}. */
class AlmostTlsProviderTest {

    private final Provider provider = new AlmostTlsProvider();

    @AfterEach
    void remove() {
        Security.removeProvider(provider.getName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS", "SSL", "TLSv1.2", "Default"})
    void aContextCanBeHadWithoutInstallingIt(String name) throws Exception {
        assertSame(provider, SSLContext.getInstance(name, provider).getProvider());
    }

    @Test
    void addedItIsFoundByName() throws Exception {
        Security.addProvider(provider);
        assertSame(provider, SSLContext.getInstance("TLS", "AlmostTLS").getProvider());
        assertNotSame(provider, SSLContext.getInstance("TLS").getProvider());
    }

    @Test
    void insertedInFirstPlaceItIsTheDefault() throws Exception {
        Security.insertProviderAt(provider, 1);
        assertSame(provider, SSLContext.getInstance("TLS").getProvider());
        assertSame(provider, SSLContext.getInstance("TLSv1.2").getProvider());
        assertSame(provider, SSLContext.getInstance("Default").getProvider());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKIX", "SunX509", "NewSunX509", "X.509"})
    void keyManagersAreThePlatforms(String name) throws Exception {
        Security.insertProviderAt(provider, 1);
        var factory = KeyManagerFactory.getInstance(name);
        assertSame(provider, factory.getProvider());
        factory.init(TestCertificates.rsaServer().keyStore(), TestCertificates.PASSWORD);
        assertEquals("sun.security.ssl", factory.getKeyManagers()[0].getClass().getPackageName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKIX", "SunX509", "X.509"})
    void trustManagersAreThePlatforms(String name) throws Exception {
        Security.insertProviderAt(provider, 1);
        var factory = TrustManagerFactory.getInstance(name);
        assertSame(provider, factory.getProvider());
        factory.init(TestCertificates.trustStore());
        assertEquals(
                "sun.security.ssl", factory.getTrustManagers()[0].getClass().getPackageName());
    }

    @Test
    void itOffersNoPrimitives() {
        var types =
                provider.getServices().stream().map(Provider.Service::getType).collect(Collectors.toSet());
        assertEquals(Set.of("SSLContext", "KeyManagerFactory", "TrustManagerFactory"), types);
    }

    @Test
    void theDefaultContextIsReady() throws Exception {
        var context = SSLContext.getInstance("Default", provider);
        assertEquals("AlmostSslEngine", context.createSSLEngine().getClass().getSimpleName());
        assertThrows(KeyManagementException.class, () -> context.init(null, null, null));
    }

    @Test
    void anyOtherContextMustBeInitialised() throws Exception {
        var context = SSLContext.getInstance("TLS", provider);
        assertThrows(IllegalStateException.class, context::createSSLEngine);
        assertThrows(IllegalStateException.class, context::getSocketFactory);
    }
}
