package org.almosttls.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Security;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The factories for key and trust managers, as an application calls them. */
class ManagerFactoriesTest {

    private static final ManagerFactoryParameters UNKNOWN = new ManagerFactoryParameters() {};

    abstract static class Suite extends Control {

        Suite(Stack stack) {
            super(stack);
        }

        private KeyManagerFactory keys(String algorithm) throws NoSuchAlgorithmException {
            return KeyManagerFactory.getInstance(algorithm, stack().provider());
        }

        private TrustManagerFactory trust(String algorithm) throws NoSuchAlgorithmException {
            return TrustManagerFactory.getInstance(algorithm, stack().provider());
        }

        @ParameterizedTest
        @ValueSource(strings = {"SunX509", "NewSunX509", "PKIX"})
        void aKeyFactoryTellsWhatAndWhoseItIs(String algorithm) throws Exception {
            assertEquals(algorithm, keys(algorithm).getAlgorithm());
            assertSame(stack().provider(), keys(algorithm).getProvider());
        }

        @ParameterizedTest
        @ValueSource(strings = {"PKIX", "SunX509", "SunPKIX", "X509", "X.509"})
        void aTrustFactoryTellsWhatAndWhoseItIs(String algorithm) throws Exception {
            assertEquals(algorithm, trust(algorithm).getAlgorithm());
            assertSame(stack().provider(), trust(algorithm).getProvider());
        }

        @Test
        void theFirstProviderOfTheListIsTaken() throws Exception {
            var name = stack().provider().getName();
            int place = List.of(Security.getProviders()).indexOf(stack().provider()) + 1;
            Security.removeProvider(name);
            Security.insertProviderAt(stack().provider(), 1);
            try {
                assertSame(
                        stack().provider(),
                        KeyManagerFactory.getInstance("SunX509").getProvider());
                assertSame(
                        stack().provider(),
                        TrustManagerFactory.getInstance("PKIX").getProvider());
                assertEquals(
                        name,
                        KeyManagerFactory.getInstance("PKIX", name)
                                .getProvider()
                                .getName());
                assertEquals(
                        name,
                        TrustManagerFactory.getInstance("PKIX", name)
                                .getProvider()
                                .getName());
            } finally {
                Security.removeProvider(name);
                if (place > 0) Security.insertProviderAt(stack().provider(), place);
            }
        }

        @Test
        void whatNobodyHasIsRefused() {
            assertThrows(NoSuchAlgorithmException.class, () -> KeyManagerFactory.getInstance("Nobody's"));
            assertThrows(NoSuchAlgorithmException.class, () -> keys("Nobody's"));
            assertThrows(NoSuchAlgorithmException.class, () -> TrustManagerFactory.getInstance("Nobody's"));
            assertThrows(NoSuchAlgorithmException.class, () -> trust("Nobody's"));
            assertThrows(NoSuchProviderException.class, () -> KeyManagerFactory.getInstance("PKIX", "Nobody"));
            assertThrows(NoSuchProviderException.class, () -> TrustManagerFactory.getInstance("PKIX", "Nobody"));
        }

        @Test
        void theDefaultAlgorithmsAreSecurityProperties() {
            assertEquals("SunX509", withProperty("ssl.KeyManagerFactory.algorithm", "SunX509", true));
            assertEquals("Own", withProperty("ssl.KeyManagerFactory.algorithm", "Own", true));
            assertEquals("Own", withProperty("ssl.TrustManagerFactory.algorithm", "Own", false));
        }

        private static String withProperty(String name, String value, boolean keys) {
            var before = Security.getProperty(name);
            Security.setProperty(name, value);
            try {
                return keys ? KeyManagerFactory.getDefaultAlgorithm() : TrustManagerFactory.getDefaultAlgorithm();
            } finally {
                Security.setProperty(name, before);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"SunX509", "NewSunX509"})
        void beforeItIsInitialisedAKeyFactoryHasNoManagers(String algorithm) throws Exception {
            assertThrows(IllegalStateException.class, keys(algorithm)::getKeyManagers);
        }

        @Test
        void beforeItIsInitialisedATrustFactoryHasNoManagers() throws Exception {
            assertThrows(IllegalStateException.class, trust("PKIX")::getTrustManagers);
            assertThrows(IllegalStateException.class, trust("SunX509")::getTrustManagers);
        }

        @ParameterizedTest
        @ValueSource(strings = {"SunX509", "NewSunX509"})
        void withoutAStoreThereIsNoKey(String algorithm) throws Exception {
            var factory = keys(algorithm);
            factory.init(null, null);
            var manager = (X509KeyManager) factory.getKeyManagers()[0];
            assertNull(manager.getServerAliases("RSA", null));
            assertNull(manager.chooseServerAlias("RSA", null, null));
        }

        @ParameterizedTest
        @ValueSource(strings = {"SunX509", "NewSunX509"})
        void theManagerHasTheKeysOfTheStore(String algorithm) throws Exception {
            var identity = TestCertificates.ecServer();
            var factory = keys(algorithm);
            factory.init(TestIdentity.keyStore(identity), TestCertificates.PASSWORD);
            var managers = factory.getKeyManagers();
            assertEquals(1, managers.length);
            var manager = (X509ExtendedKeyManager) managers[0];
            var alias = manager.chooseEngineServerAlias("EC", null, null);
            assertEquals(identity.certificate(), manager.getCertificateChain(alias)[0]);
            assertEquals(identity.key(), manager.getPrivateKey(alias));
            assertNull(manager.chooseEngineServerAlias("RSA", null, null));
            assertNull(manager.getPrivateKey("nobody's"));
        }

        /** One opens the keys when it is initialised, the other when one is needed. */
        @Test
        void aWrongPasswordIsNoticed() throws Exception {
            var store = TestIdentity.keyStore(TestCertificates.ecServer());
            var wrong = "wrong".toCharArray();
            assertThrows(UnrecoverableKeyException.class, () -> keys("SunX509").init(store, wrong));
            var later = keys("NewSunX509");
            later.init(store, wrong);
            var manager = (X509KeyManager) later.getKeyManagers()[0];
            assertNull(manager.getPrivateKey(manager.chooseServerAlias("EC", null, null)));
        }

        @Test
        void parametersOfAnotherFactoryAreRefused() throws Exception {
            for (var algorithm : List.of("SunX509", "NewSunX509"))
                assertThrows(
                        InvalidAlgorithmParameterException.class,
                        () -> keys(algorithm).init(UNKNOWN));
            for (var algorithm : List.of("SunX509", "PKIX"))
                assertThrows(
                        InvalidAlgorithmParameterException.class,
                        () -> trust(algorithm).init(UNKNOWN));
        }

        @Test
        void theManagerTrustsWhomTheStoreNames() throws Exception {
            for (var algorithm : List.of("PKIX", "SunX509")) {
                var factory = trust(algorithm);
                factory.init(TestCertificates.trustStore());
                var managers = factory.getTrustManagers();
                assertEquals(1, managers.length);
                var issuers = ((X509ExtendedTrustManager) managers[0]).getAcceptedIssuers();
                assertEquals(List.of(TestCertificates.ca()), List.of(issuers));
            }
        }

        /**
         * The platform's manager breaks then. Older engines of SunJSSE's throw what broke; newer ones and ours what engines
         * are said to throw.
         */
        @EachVersion
        void whoeverTrustsNobodyMeetsNobody(String version) throws Exception {
            var factory = trust("PKIX");
            factory.init(TestCertificates.trustStore(new X509Certificate[0]));
            var client = Contexts.of(version, stack().provider(), null, factory.getTrustManagers());
            var pair = new EnginePair(client, server(version));
            Class<? extends Exception> thrown = stack().isOurs() ? SSLException.class : Exception.class;
            assertThrows(thrown, pair::handshake);
            try (var sockets = new SocketPair(client, server(version))) {
                assertInstanceOf(SSLException.class, sockets.failures().client().orElseThrow());
            }
        }

        @Test
        void withoutAStoreWhomThePlatformTrustsIsTrusted() throws Exception {
            var factory = trust("PKIX");
            factory.init((KeyStore) null);
            var issuers = ((X509ExtendedTrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers();
            assertTrue(issuers.length > 10);
        }
    }

    @Nested
    class OfSunJsse extends Suite {
        OfSunJsse() {
            super(Stack.SUN_JSSE);
        }
    }

    @Nested
    class OfAlmostTls extends Suite {
        OfAlmostTls() {
            super(Stack.ALMOST_TLS);
        }
    }
}
