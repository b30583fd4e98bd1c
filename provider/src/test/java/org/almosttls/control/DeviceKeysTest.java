package org.almosttls.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.Socket;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509KeyManager;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.DeviceKey;
import org.almosttls.testkit.DeviceProvider;
import org.almosttls.testkit.DeviceStore;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that a hardware module does not give away: only its own provider can use them. */
class DeviceKeysTest {

    private static final String STATIC_RSA = "TLS_RSA_WITH_AES_128_GCM_SHA256";

    /** An application's own manager for one key. */
    private record SilentKey(TestIdentity identity) implements X509KeyManager {

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return null;
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return keyType.equals("RSA") ? "device" : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return identity.chain().toArray(new X509Certificate[0]);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return identity.key();
        }
    }

    abstract static class Suite extends Control {

        private DeviceProvider device;

        Suite(Stack stack) {
            super(stack);
        }

        @BeforeEach
        void insert() {
            device = DeviceProvider.last();
        }

        @AfterEach
        void remove() {
            device.close();
        }

        static Stream<TestIdentity> identities() {
            return Stream.of(
                    TestCertificates.ecServer(),
                    TestCertificates.rsaServer(),
                    TestCertificates.rsaPssServer(),
                    TestCertificates.ed25519Server());
        }

        private SSLContext withDevice(String version, TestIdentity identity, String algorithm) throws Exception {
            DeviceStore.insert(identity);
            var store = KeyStore.getInstance("TestDevice");
            store.load(null, null);
            var factory = KeyManagerFactory.getInstance(algorithm, stack().provider());
            factory.init(store, null);
            KeyManager[] keys = factory.getKeyManagers();
            return Contexts.of(version, stack().provider(), keys, Contexts.trust(TestCertificates.trustStore()));
        }

        private EnginePair engines(SSLContext client, SSLContext server, String... suites) {
            SSLEngine ofServer = server.createSSLEngine();
            ofServer.setNeedClientAuth(true);
            if (suites.length > 0) ofServer.setEnabledCipherSuites(suites);
            return new EnginePair(client.createSSLEngine(TestCertificates.HOST, 443), ofServer);
        }

        @ParameterizedTest
        @MethodSource("identities")
        void theyServe(TestIdentity identity) throws Exception {
            for (var version : new String[] {"TLSv1.2", "TLSv1.3"}) {
                for (var factory : new String[] {"SunX509", "NewSunX509"}) {
                    var client = client(version).createSSLEngine(TestCertificates.HOST, 443);
                    new EnginePair(
                                    client,
                                    withDevice(version, identity, factory).createSSLEngine())
                            .handshake();
                    assertEquals(identity.certificate(), client.getSession().getPeerCertificates()[0]);
                }
            }
        }

        @ParameterizedTest
        @MethodSource("identities")
        void theyAreAClients(TestIdentity identity) throws Exception {
            for (var version : new String[] {"TLSv1.2", "TLSv1.3"}) {
                var pair = engines(withDevice(version, identity, "SunX509"), server(version))
                        .handshake();
                assertEquals(
                        identity.certificate(),
                        pair.server().engine().getSession().getPeerCertificates()[0]);
            }
        }

        @EachVersion
        void socketsServeWithThemToo(String version) throws Exception {
            var server = withDevice(version, TestCertificates.ecServer(), "SunX509");
            try (var pair = new SocketPair(client(version), server).handshake()) {
                pair.converse(2);
            }
        }

        /** Many a module knows no RSASSA-PSS: TLS 1.2 can do without, TLS 1.3 cannot. */
        @EachVersion
        void whoseModuleHasNoPssSignsAsBefore(String version) throws Exception {
            device.close();
            try (var old = DeviceProvider.lastWithout("RSASSA-PSS")) {
                assertEquals("TestDevice", old.getName());
                var server = withDevice(version, TestCertificates.rsaServer(), "SunX509");
                var pair = new EnginePair(client(version), server);
                if (version.equals("TLSv1.3")) assertThrows(SSLException.class, pair::handshake);
                else
                    assertEquals(
                            true,
                            pair.handshake().client().engine().getSession().isValid());
            }
        }

        /** SunJSSE wants to know how long an RSA key is before it signs with it; what is in the certificate would do. */
        @EachVersion
        void keysThatTellNothingOfThemselvesServeToo(String version) throws Exception {
            var identity = TestCertificates.rsaServer();
            var silent = new DeviceKey(identity.key());
            var manager = new SilentKey(new TestIdentity(identity.chain(), silent));
            var server = Contexts.of(version, stack().provider(), new KeyManager[] {manager}, null);
            var pair = new EnginePair(client(version), server);
            if (stack().isOurs())
                assertTrue(pair.handshake().client().engine().getSession().isValid());
            else assertThrows(SSLException.class, pair::handshake);
        }

        /** The module decrypts what the client has drawn. */
        @EachVersion
        void theyDecrypt(String version) throws Exception {
            assumeTrue(version.equals("TLSv1.2"), "there is no such key exchange in TLS 1.3");
            var server =
                    withDevice(version, TestCertificates.rsaServer(), "SunX509").createSSLEngine();
            assumeTrue(Arrays.asList(server.getEnabledCipherSuites()).contains(STATIC_RSA), "it is disabled");
            server.setEnabledCipherSuites(new String[] {STATIC_RSA});
            var client = client(version).createSSLEngine(TestCertificates.HOST, 443);
            new EnginePair(client, server).handshake();
            assertEquals(STATIC_RSA, client.getSession().getCipherSuite());
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
