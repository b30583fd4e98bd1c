package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.almosttls.testkit.TestIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Key and trust managers of the application's own making, plain and extended. */
@Timeout(60)
class ManagersTest {

    private static final KeyManager[] NO_KEYS = {};

    /** Has one identity under one alias; writes down what it is asked for. */
    private static class PlainKey implements X509KeyManager {

        final List<String> asked = new ArrayList<>();
        private final TestIdentity identity;

        PlainKey(TestIdentity identity) {
            this.identity = identity;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[] {"own"};
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            asked.addAll(List.of(keyTypes));
            return "own";
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[] {"own"};
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            asked.add(keyType);
            return keyType.equals(identity.key().getAlgorithm()) ? "own" : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return identity.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return identity.key();
        }
    }

    /** Trusts everybody. */
    private static class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static EnginePair engines(TrustManager trust, KeyManager key) {
        return new EnginePair(
                Contexts.of(Contexts.OURS, NO_KEYS, new TrustManager[] {trust}),
                Contexts.of(Contexts.OURS, new KeyManager[] {key}, null));
    }

    @Test
    void plainOnesWork() throws Exception {
        var key = new PlainKey(TestCertificates.unknownCaServer());
        var pair = engines(new TrustsAll(), key).handshake();
        assertTrue(pair.client().engine().getSession().isValid());
        assertTrue(key.asked.contains("EC"), key.asked::toString);
    }

    @Test
    void plainOnesWorkForSocketsToo() throws Exception {
        var key = new PlainKey(TestCertificates.unknownCaServer());
        var client = Contexts.of(Contexts.OURS, NO_KEYS, new TrustManager[] {new TrustsAll()});
        try (var pair = new SocketPair(client, Contexts.of(Contexts.OURS, new KeyManager[] {key}, null)).handshake()) {
            assertTrue(pair.client().getSession().isValid());
        }
    }

    @Test
    void aPlainTrustManagerIsNotAskedAboutNames() {
        var pair = engines(new TrustsAll(), new PlainKey(TestCertificates.wrongHostServer()));
        var parameters = pair.client().engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        pair.client().engine().setSSLParameters(parameters);
        var refusal = assertThrows(SSLHandshakeException.class, pair::handshake);
        assertInstanceOf(CertificateException.class, refusal.getCause());
    }

    @Test
    void theRightNamePassesAPlainTrustManager() throws Exception {
        var pair = engines(new TrustsAll(), new PlainKey(TestCertificates.unknownCaServer()));
        var parameters = pair.client().engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        pair.client().engine().setSSLParameters(parameters);
        pair.handshake();
        assertTrue(pair.client().engine().getSession().isValid());
    }

    @Test
    void aRefusalIsTheCauseOfTheFailure() {
        var refusal = new CertificateException("not today");
        var pair = engines(new ExtendedTrust(new TrustsAll(), refusal), new PlainKey(TestCertificates.ecServer()));
        var failure = assertThrows(SSLHandshakeException.class, pair::handshake);
        assertEquals("not today", failure.getMessage());
        assertSame(refusal, failure.getCause());
    }

    @Test
    void anExtendedOneSeesTheEngineAndTheSessionToBe() throws Exception {
        var trust = new ExtendedTrust(new TrustsAll(), null);
        var pair = engines(trust, new PlainKey(TestCertificates.ecServer())).handshake();
        assertSame(pair.client().engine(), trust.engine);
        assertEquals(pair.client().engine().getSession().getCipherSuite(), trust.suite);
        assertEquals("ECDHE_ECDSA", trust.authType);
        assertEquals(TestCertificates.HOST, trust.session.getPeerHost());
        assertTrue(List.of(trust.session.getLocalSupportedSignatureAlgorithms()).contains("SHA256withECDSA"));
    }

    @Test
    void anApplicationThatBreaksEndsTheHandshake() {
        var trust = new TrustsAll() {
            @Override
            public void checkServerTrusted(X509Certificate[] chain, String authType) {
                throw new IllegalStateException("broken");
            }
        };
        var pair = engines(trust, new PlainKey(TestCertificates.ecServer()));
        var failure = assertThrows(SSLException.class, pair::handshake);
        assertEquals("broken", failure.getMessage());
        assertInstanceOf(IllegalStateException.class, failure.getCause());
    }

    @Test
    void aServerWithoutAKeyRefuses() {
        var pair = new EnginePair(
                Contexts.client(Contexts.OURS), Contexts.of(Contexts.OURS, null, new TrustManager[] {new TrustsAll()}));
        assertThrows(SSLHandshakeException.class, pair::handshake);
    }

    @Test
    void anAliasWithoutKeyIsNoKey() {
        var empty = new PlainKey(TestCertificates.ecServer()) {
            @Override
            public PrivateKey getPrivateKey(String alias) {
                return null;
            }
        };
        assertThrows(SSLHandshakeException.class, engines(new TrustsAll(), empty)::handshake);
    }

    @Test
    void anExtendedKeyManagerSeesTheEngineAndTheNameAskedFor() throws Exception {
        var key = new ExtendedKey(new PlainKey(TestCertificates.ecServer()));
        var client = Contexts.client(Contexts.OURS);
        var server = Contexts.of(Contexts.OURS, new KeyManager[] {key}, null);
        var pair = new EnginePair(client, server);
        var parameters = pair.client().engine().getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName("some.example")));
        pair.client().engine().setSSLParameters(parameters);
        pair.handshake();
        assertSame(pair.server().engine(), key.engine);
        assertEquals(List.of(new SNIHostName("some.example")), key.names);
    }

    /** Refuses if told to; writes down what it sees. */
    private static final class ExtendedTrust extends X509ExtendedTrustManager {

        private final X509TrustManager plain;
        private final CertificateException refusal;
        private SSLEngine engine;
        private String authType;
        private ExtendedSSLSession session;
        private String suite;

        ExtendedTrust(X509TrustManager plain, CertificateException refusal) {
            this.plain = plain;
            this.refusal = refusal;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine asking)
                throws CertificateException {
            engine = asking;
            authType = type;
            session = (ExtendedSSLSession) asking.getHandshakeSession();
            suite = session.getCipherSuite();
            if (refusal != null) throw refusal;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine asking) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return plain.getAcceptedIssuers();
        }
    }

    /** Writes down what it sees. */
    private static final class ExtendedKey extends X509ExtendedKeyManager {

        private final PlainKey plain;
        private SSLEngine engine;
        private List<?> names;

        ExtendedKey(PlainKey plain) {
            this.plain = plain;
        }

        @Override
        public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine asking) {
            engine = asking;
            names = ((ExtendedSSLSession) asking.getHandshakeSession()).getRequestedServerNames();
            return plain.chooseServerAlias(keyType, issuers, null);
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return plain.getClientAliases(keyType, issuers);
        }

        @Override
        public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
            return plain.chooseClientAlias(keyType, issuers, socket);
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return plain.getServerAliases(keyType, issuers);
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return plain.chooseServerAlias(keyType, issuers, socket);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return plain.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return plain.getPrivateKey(alias);
        }
    }
}
