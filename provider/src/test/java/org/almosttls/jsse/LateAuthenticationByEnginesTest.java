package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.api.PostHandshakeAuthentication;
import org.almosttls.config.OnRequest;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.event.TlsEventListener;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8446 §4.6.2 as users of engines see it. */
class LateAuthenticationByEnginesTest {

    static final Provider ASKABLE = new AlmostTlsProvider(
            TlsEventListener::none,
            new TextbookTerms(() -> false, said -> {}),
            Scope.ANY,
            () -> OnRequest.of(Feature.POST_HANDSHAKE_AUTH),
            Optional::empty);

    private static final byte[] DATA = {1, 2, 3};
    private static final X509Certificate CLIENT = TestCertificates.ecClient().certificate();

    private final SSLContext client = Contexts.named("TLS", ASKABLE, TestCertificates.ecClient());
    private final SSLContext server = Contexts.named("TLS", Contexts.OURS, TestCertificates.ecServer());

    LateAuthenticationByEnginesTest() throws Exception {}

    private EnginePair connected() throws Exception {
        return new EnginePair(client, server).handshake();
    }

    private static PostHandshakeAuthentication asking(EnginePair pair) {
        return (PostHandshakeAuthentication) pair.server().engine();
    }

    private static void assertDataFlows(EnginePair pair) throws SSLException {
        int before = pair.server().data().length;
        EnginePair.send(pair.client(), pair.server(), DATA);
        assertEquals(before + DATA.length, pair.server().data().length);
        before = pair.client().data().length;
        EnginePair.send(pair.server(), pair.client(), DATA);
        assertEquals(before + DATA.length, pair.client().data().length);
    }

    private static void assertUnknown(SSLEngine engine) {
        assertThrows(SSLPeerUnverifiedException.class, () -> engine.getSession().getPeerCertificates());
    }

    @Test
    void aServerAsksAmidData() throws Exception {
        var pair = connected();
        assertUnknown(pair.server().engine());
        assertTrue(asking(pair).mayRequestClientCertificate());
        assertTrue(asking(pair).requestClientCertificate());
        assertEquals(HandshakeStatus.NEED_WRAP, pair.server().engine().getHandshakeStatus());
        var before = pair.server().engine().getSession();
        EnginePair.send(pair.client(), pair.server(), DATA);
        assertTrue(asking(pair).isClientCertificateDue());
        assertSame(before, pair.server().engine().getSession());
        pair.handshake();
        assertFalse(asking(pair).isClientCertificateDue());
        assertNotSame(before, pair.server().engine().getSession());
        assertEquals(CLIENT, pair.server().engine().getSession().getPeerCertificates()[0]);
        assertEquals(CLIENT, pair.client().engine().getSession().getLocalCertificates()[0]);
        assertEquals(2, pair.server().timesFinished());
        assertDataFlows(pair);
    }

    /** What servers do that ask for certificates by path. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerAsksAsItDidBeforeTls13(boolean need) throws Exception {
        var pair = connected();
        var engine = pair.server().engine();
        if (need) engine.setNeedClientAuth(true);
        else engine.setWantClientAuth(true);
        engine.beginHandshake();
        assertEquals(HandshakeStatus.NEED_WRAP, engine.getHandshakeStatus());
        byte[] request = pair.server().wrapAll(new byte[0]);
        assertEquals(HandshakeStatus.NEED_UNWRAP, engine.getHandshakeStatus());
        pair.client().deliver(request);
        pair.client().unwrapAll();
        assertDataFlows(pair);
        pair.handshake();
        assertEquals(HandshakeStatus.NOT_HANDSHAKING, engine.getHandshakeStatus());
        assertEquals(2, pair.server().timesFinished());
        assertEquals(CLIENT, engine.getSession().getPeerCertificates()[0]);
        assertNull(engine.getHandshakeSession());
        assertDataFlows(pair);
    }

    /** The platform's client cannot be asked, whose server would do the same. */
    @Test
    void anyOtherClientGetsNewKeys() throws Exception {
        var pair = new EnginePair(Contexts.named("TLS", Contexts.PLATFORM, TestCertificates.ecClient()), server)
                .handshake();
        assertEquals("TLSv1.3", pair.server().engine().getSession().getProtocol());
        assertFalse(asking(pair).mayRequestClientCertificate());
        assertFalse(asking(pair).requestClientCertificate());
        pair.server().engine().setNeedClientAuth(true);
        pair.server().engine().beginHandshake();
        pair.handshake();
        assertUnknown(pair.server().engine());
        assertDataFlows(pair);
    }

    @Test
    void aPeerThatHasNoneStaysUnknown() throws Exception {
        var pair = new EnginePair(Contexts.named("TLS", ASKABLE), server).handshake();
        asking(pair).requestClientCertificate();
        pair.handshake();
        assertUnknown(pair.server().engine());
        assertNull(pair.client().engine().getSession().getLocalCertificates());
        assertDataFlows(pair);
    }

    /** What stands for the client from then on has the tickets of before. */
    @Test
    void aSessionThatIsEndedAfterNoAnswerIsNotGoneOnWith() throws Exception {
        var unknown = Contexts.named("TLS", ASKABLE);
        var first = new EnginePair(unknown, server).handshake();
        asking(first).requestClientCertificate();
        first.handshake();
        var ended = first.client().engine().getSession();
        ended.invalidate();
        var next = new EnginePair(unknown, server).handshake().client().engine().getSession();
        assertFalse(Arrays.equals(ended.getId(), next.getId()));
    }

    @Test
    void aPeerThatHasNoneIsToldThatItNeedsOne() throws Exception {
        var pair = new EnginePair(Contexts.named("TLS", ASKABLE), server).handshake();
        pair.server().engine().setNeedClientAuth(true);
        asking(pair).requestClientCertificate();
        assertThrows(SSLHandshakeException.class, pair::handshake);
        pair.client().deliver(pair.server().wrapAll(new byte[0]));
        var told = assertThrows(SSLHandshakeException.class, pair.client()::unwrapAll);
        assertTrue(told.getMessage().contains("certificate_required"), told.getMessage());
    }

    @Test
    void aClientDoesNotAsk() throws Exception {
        var pair = connected();
        var asking = (PostHandshakeAuthentication) pair.client().engine();
        assertFalse(asking.mayRequestClientCertificate());
        assertFalse(asking.requestClientCertificate());
        assertFalse(asking.isClientCertificateDue());
    }

    @Test
    void nobodyIsAskedBeforeTheHandshake() throws Exception {
        var engine = server.createSSLEngine();
        engine.setUseClientMode(false);
        var asking = (PostHandshakeAuthentication) engine;
        assertFalse(asking.mayRequestClientCertificate());
        assertFalse(asking.requestClientCertificate());
    }

    /** The engine's owner may run the task when and where it likes. */
    @Test
    void theKeyManagerIsAskedInATask() throws Exception {
        var pair = connected();
        asking(pair).requestClientCertificate();
        var engine = pair.client().engine();
        pair.client().deliver(pair.server().wrapAll(new byte[0]));
        pair.client().unwrap(ByteBuffer.allocate(1 << 15));
        assertEquals(HandshakeStatus.NEED_TASK, engine.getHandshakeStatus());
        var task = engine.getDelegatedTask();
        assertEquals(HandshakeStatus.NOT_HANDSHAKING, engine.getHandshakeStatus());
        assertDataFlows(pair);
        task.run();
        assertEquals(HandshakeStatus.NEED_WRAP, engine.getHandshakeStatus());
        pair.handshake();
        assertEquals(CLIENT, pair.server().engine().getSession().getPeerCertificates()[0]);
    }

    /** Has what the platform's would have, and remembers what it was asked. */
    private static final class Remembering extends X509ExtendedKeyManager {
        private final X509ExtendedKeyManager platforms =
                (X509ExtendedKeyManager) Contexts.keys(TestCertificates.ecClient())[0];
        private List<String> keyTypes = List.of();
        private List<Principal> issuers = List.of();
        private List<String> peerSchemes = List.of();

        @Override
        public String chooseEngineClientAlias(String[] types, Principal[] named, SSLEngine engine) {
            keyTypes = List.of(types);
            issuers = List.of(named);
            var session = (ExtendedSSLSession) engine.getHandshakeSession();
            peerSchemes = List.of(session.getPeerSupportedSignatureAlgorithms());
            return platforms.chooseEngineClientAlias(types, named, engine);
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] named) {
            return platforms.getClientAliases(keyType, named);
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] named, Socket socket) {
            return platforms.chooseClientAlias(types, named, socket);
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] named) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] named, Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return platforms.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return platforms.getPrivateKey(alias);
        }
    }

    @Test
    void theKeyManagerIsToldWhatTheServerTakes() throws Exception {
        var asked = new Remembering();
        var context = SSLContext.getInstance("TLS", ASKABLE);
        context.init(new KeyManager[] {asked}, Contexts.trust(TestCertificates.trustStore()), null);
        var pair = new EnginePair(context, server).handshake();
        assertEquals(List.of(), asked.keyTypes);
        asking(pair).requestClientCertificate();
        pair.handshake();
        assertTrue(asked.keyTypes.containsAll(List.of("EC", "RSA")), asked.keyTypes::toString);
        assertEquals(List.of(TestCertificates.ca().getSubjectX500Principal()), asked.issuers);
        assertTrue(asked.peerSchemes.contains("SHA256withECDSA"), asked.peerSchemes::toString);
        assertEquals(CLIENT, pair.server().engine().getSession().getPeerCertificates()[0]);
    }

    /** RFC 8446 §4.6.1: a ticket of afterwards stands for whom the client has proved to be. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoResumesIsKnown(boolean asBefore) throws Exception {
        var pair = connected();
        if (asBefore) {
            pair.server().engine().setNeedClientAuth(true);
            pair.server().engine().beginHandshake();
        } else {
            asking(pair).requestClientCertificate();
        }
        pair.handshake();
        var known = pair.server().engine().getSession();
        var next = connected();
        assertSame(known, next.server().engine().getSession());
        assertEquals(CLIENT, next.server().engine().getSession().getPeerCertificates()[0]);
        assertEquals(CLIENT, next.client().engine().getSession().getLocalCertificates()[0]);
    }

    @Test
    void whoResumesASessionOfBeforeIsNotKnown() throws Exception {
        connected();
        var pair = connected();
        asking(pair).requestClientCertificate();
        pair.handshake();
        assertEquals(CLIENT, pair.server().engine().getSession().getPeerCertificates()[0]);
        var stranger = new EnginePair(Contexts.named("TLS", ASKABLE, TestCertificates.ecClient()), server).handshake();
        assertUnknown(stranger.server().engine());
    }

    /** Another thread can go on with the connection meanwhile. */
    @Test
    void whomItTrustsAndWhatItPermitsIsFoundOutWithNothingLocked() throws Exception {
        var trust = new Meddling();
        var asker = Contexts.of(
                "TLS", Contexts.OURS, Contexts.keys(TestCertificates.ecServer()), new TrustManager[] {trust});
        var pair = new EnginePair(client, asker).handshake();
        var parameters = pair.server().engine().getSSLParameters();
        parameters.setAlgorithmConstraints(trust);
        pair.server().engine().setSSLParameters(parameters);
        trust.question = Optional.of(() -> asking(pair).isClientCertificateDue());
        assertTrue(asking(pair).requestClientCertificate());
        assertTrue(trust.isAnswered);
        trust.question = Optional.empty();
        pair.handshake();
        assertEquals(CLIENT, pair.server().engine().getSession().getPeerCertificates()[0]);
    }

    /** Whenever it is asked, it has another thread ask. */
    private static final class Meddling implements X509TrustManager, AlgorithmConstraints {

        private volatile Optional<Callable<Boolean>> question = Optional.empty();
        private volatile boolean isAnswered;

        private void ask() {
            if (question.isEmpty()) return;
            var answer = new FutureTask<>(question.get());
            var other = new Thread(answer);
            other.setDaemon(true);
            other.start();
            try {
                isAnswered = !answer.get(10, TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                throw new IllegalStateException("nobody answers", e);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            ask();
            return new X509Certificate[] {TestCertificates.ca()};
        }

        @Override
        public boolean permits(Set<CryptoPrimitive> uses, String name, AlgorithmParameters parameters) {
            ask();
            return true;
        }

        @Override
        public boolean permits(Set<CryptoPrimitive> uses, Key key) {
            return true;
        }

        @Override
        public boolean permits(Set<CryptoPrimitive> uses, String name, Key key, AlgorithmParameters parameters) {
            return true;
        }
    }
}
