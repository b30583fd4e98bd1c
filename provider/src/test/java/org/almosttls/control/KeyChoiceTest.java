package org.almosttls.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Nested;

/** How an application's own key manager chooses, and what it is told. */
class KeyChoiceTest {

    private static final Map<String, TestIdentity> BY_NAME =
            Map.of("one.example", named("one.example"), "two.example", named("two.example"));

    private static TestIdentity named(String name) {
        return TestCertificates.authority()
                .issue(name)
                .names(name)
                .ec("secp256r1")
                .identity();
    }

    /** Chooses by the name that is asked for; writes down what else it is told. */
    private static final class ByName extends X509ExtendedKeyManager {

        private final List<String> words = new CopyOnWriteArrayList<>();
        private volatile Principal[] issuers;
        private volatile Object asker;
        private volatile List<String> schemes;
        private final List<String> protocols = new CopyOnWriteArrayList<>();

        private static String nameIn(SSLSession session) {
            return ((ExtendedSSLSession) session)
                    .getRequestedServerNames().stream()
                            .map(name -> ((SNIHostName) name).getAsciiName())
                            .findFirst()
                            .orElse(null);
        }

        private String server(String keyType, Principal[] accepted, SSLSession session, Object asking) {
            words.add(keyType);
            issuers = accepted;
            asker = asking;
            schemes = List.of(((ExtendedSSLSession) session).getPeerSupportedSignatureAlgorithms());
            return keyType.equals("EC") ? nameIn(session) : null;
        }

        @Override
        public String chooseEngineServerAlias(String keyType, Principal[] accepted, SSLEngine engine) {
            protocols.add(engine.getHandshakeApplicationProtocol());
            return server(keyType, accepted, engine.getHandshakeSession(), engine);
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] accepted, Socket socket) {
            protocols.add(((SSLSocket) socket).getHandshakeApplicationProtocol());
            return server(keyType, accepted, ((SSLSocket) socket).getHandshakeSession(), socket);
        }

        private String client(String[] keyTypes, Principal[] accepted, Object asking) {
            words.addAll(List.of(keyTypes));
            issuers = accepted;
            asker = asking;
            return Arrays.asList(keyTypes).contains("EC") ? "one.example" : null;
        }

        @Override
        public String chooseEngineClientAlias(String[] keyTypes, Principal[] accepted, SSLEngine engine) {
            return client(keyTypes, accepted, engine);
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] accepted, Socket socket) {
            return client(keyTypes, accepted, socket);
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] accepted) {
            return null;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] accepted) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return BY_NAME.get(alias).chain().toArray(new X509Certificate[0]);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return BY_NAME.get(alias).key();
        }
    }

    abstract static class Suite extends Control {

        private final ByName keys = new ByName();

        Suite(Stack stack) {
            super(stack);
        }

        private SSLContext withKeys(String version) {
            return Contexts.of(
                    version,
                    stack().provider(),
                    new KeyManager[] {keys},
                    Contexts.trust(TestCertificates.trustStore()));
        }

        private static SSLEngine asking(SSLContext client, String name) {
            var engine = client.createSSLEngine(name, 443);
            engine.setUseClientMode(true);
            var parameters = engine.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            engine.setSSLParameters(parameters);
            return engine;
        }

        private Certificate shown(String version, String name) throws Exception {
            var client = asking(client(version), name);
            new EnginePair(client, withKeys(version).createSSLEngine()).handshake();
            return client.getSession().getPeerCertificates()[0];
        }

        @EachVersion
        void aServersKeyIsChosenByTheNameAskedFor(String version) throws Exception {
            for (var name : BY_NAME.keySet()) assertEquals(BY_NAME.get(name).certificate(), shown(version, name));
            assertTrue(keys.words.contains("EC"), keys.words::toString);
            assertNull(keys.issuers);
            assertTrue(keys.schemes.contains("SHA256withECDSA"), keys.schemes::toString);
        }

        @EachVersion
        void soItIsForSockets(String version) throws Exception {
            try (var pair = new SocketPair(client(version), withKeys(version))) {
                with(pair.client(), wishes -> wishes.setServerNames(List.of(new SNIHostName("two.example"))));
                pair.handshake();
                assertEquals(
                        BY_NAME.get("two.example").certificate(),
                        pair.client().getSession().getPeerCertificates()[0]);
                assertSame(pair.server(), keys.asker);
            }
        }

        /** As RFC 8737 has it, a certificate may be for one application protocol alone. */
        @EachVersion
        void itIsChosenByTheProtocolThatBothList(String version) throws Exception {
            var client = asking(client(version), "one.example");
            with(client, wishes -> wishes.setApplicationProtocols(new String[] {"a", "acme-tls/1"}));
            var server = withKeys(version).createSSLEngine();
            server.setUseClientMode(false);
            with(server, wishes -> wishes.setApplicationProtocols(new String[] {"acme-tls/1", "b"}));
            new EnginePair(client, server).handshake();
            assertEquals("acme-tls/1", keys.protocols.get(0));
            keys.protocols.clear();
            try (var pair = new SocketPair(client(version), withKeys(version))) {
                with(pair.client(), wishes -> wishes.setServerNames(List.of(new SNIHostName("one.example"))));
                with(pair.client(), wishes -> wishes.setApplicationProtocols(new String[] {"b", "a"}));
                with(pair.server(), wishes -> wishes.setApplicationProtocols(new String[] {"a", "b"}));
                pair.handshake();
                assertEquals("a", keys.protocols.get(0));
            }
        }

        /** The function may ask for the cipher suite, for which before TLS 1.3 there has to be a key. */
        @EachVersion
        void orByTheOneThatAFunctionHasChosenIfItIsAskedBefore(String version) throws Exception {
            var client = asking(client(version), "one.example");
            with(client, wishes -> wishes.setApplicationProtocols(new String[] {"a", "b"}));
            var server = withKeys(version).createSSLEngine();
            server.setHandshakeApplicationProtocolSelector((engine, offered) -> "b");
            new EnginePair(client, server).handshake();
            assertEquals(version.equals("TLSv1.3") ? "b" : null, keys.protocols.get(0));
            assertEquals("b", server.getApplicationProtocol());
        }

        @EachVersion
        void aClientIsToldWhomTheServerTrusts(String version) throws Exception {
            var server = server(version).createSSLEngine();
            server.setNeedClientAuth(true);
            var client = withKeys(version).createSSLEngine(TestCertificates.HOST, 443);
            new EnginePair(client, server).handshake();
            assertEquals(
                    BY_NAME.get("one.example").certificate(),
                    server.getSession().getPeerCertificates()[0]);
            assertEquals(List.of(TestCertificates.ca().getSubjectX500Principal()), List.of(keys.issuers));
            assertSame(client, keys.asker);
            assertTrue(keys.words.containsAll(List.of("EC", "RSA")), keys.words::toString);
        }

        @EachVersion
        void whoHasNoKeyManagerHasNoKey(String version) {
            for (KeyManager[] none : new KeyManager[][] {null, {}, {new KeyManager() {}}}) {
                var server = Contexts.of(version, stack().provider(), none, null);
                assertThrows(SSLException.class, new EnginePair(client(version), server)::handshake);
            }
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
