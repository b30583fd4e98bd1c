package org.almosttls.control;

import static org.almosttls.testkit.SocketPair.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import javax.net.ssl.HandshakeCompletedEvent;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.almosttls.testkit.RawPair;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a socket is before, amid and after its handshake. */
class SocketHandshakesTest {

    private static final String NO_SUITE = "SSL_NULL_WITH_NULL_NULL";

    abstract static class Suite extends Control {

        Suite(Stack stack) {
            super(stack);
        }

        private SSLSocket socket() throws IOException {
            return (SSLSocket) client("TLSv1.3").getSocketFactory().createSocket();
        }

        @Test
        void withoutConnectionThereIsNoHandshake() throws Exception {
            try (var socket = socket()) {
                assertThrows(SocketException.class, socket::startHandshake);
                assertThrows(SocketException.class, socket::getInputStream);
                assertThrows(SocketException.class, socket::getOutputStream);
                assertEquals(NO_SUITE, socket.getSession().getCipherSuite());
                assertNull(socket.getHandshakeSession());
                assertNull(socket.getApplicationProtocol());
                assertNull(socket.getHandshakeApplicationProtocol());
            }
        }

        @EachSetting
        void beforeTheHandshakeNothingIsAgreed(Setting setting) throws Exception {
            try (var pair = sockets(setting)) {
                assertNull(pair.client().getHandshakeSession());
                assertNull(pair.client().getApplicationProtocol());
                assertNull(pair.client().getHandshakeApplicationProtocol());
                assertNull(pair.server().getHandshakeSession());
                assertTrue(pair.client().getUseClientMode());
                assertFalse(pair.server().getUseClientMode());
            }
        }

        @EachSetting
        void afterwardsTheSessionStays(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                var session = pair.client().getSession();
                assertTrue(session.isValid());
                assertSame(session, pair.client().getSession());
                assertNull(pair.client().getHandshakeSession());
                assertEquals("", pair.client().getApplicationProtocol());
                assertNull(pair.client().getHandshakeApplicationProtocol());
                pair.client().close();
                assertSame(session, pair.client().getSession());
                assertEquals("", pair.client().getApplicationProtocol());
            }
        }

        @EachSetting
        void askingForTheSessionDoesTheHandshake(Setting setting) throws Exception {
            try (var pair = sockets(setting)) {
                var serving = pair.async(() -> pair.server().getSession());
                assertEquals(setting.version(), pair.client().getSession().getProtocol());
                assertTrue(await(serving).isValid());
            }
        }

        @EachSetting
        void aFailedHandshakeLeavesASessionThatIsNone(Setting setting) throws Exception {
            try (var pair = sockets(setting)) {
                String begin = setting.is13() ? "TLS_AES_" : "TLS_ECDHE_ECDSA_WITH_AES_";
                pair.client().setEnabledCipherSuites(new String[] {begin + "128_GCM_SHA256"});
                pair.server().setEnabledCipherSuites(new String[] {begin + "256_GCM_SHA384"});
                assertInstanceOf(
                        SSLHandshakeException.class, pair.failures().client().orElseThrow());
                for (var socket : List.of(pair.client(), pair.server())) {
                    var session = socket.getSession();
                    assertEquals(NO_SUITE, session.getCipherSuite());
                    assertEquals("NONE", session.getProtocol());
                    assertEquals(0, session.getId().length);
                    assertFalse(session.isValid());
                    assertNull(session.getLocalCertificates());
                    assertThrows(SSLPeerUnverifiedException.class, session::getPeerCertificates);
                }
            }
        }

        @EachSetting
        void whatHasFailedStaysFailed(Setting setting) throws Exception {
            var server = server(setting.version(), TestCertificates.unknownCaServer());
            try (var pair = new SocketPair(client(setting.version()), server)) {
                pair.failures();
                assertThrows(SocketException.class, pair.client()::startHandshake);
                assertTrue(pair.client().isClosed());
                assertThrows(SocketException.class, pair.client()::getInputStream);
                assertThrows(SocketException.class, pair.client()::getOutputStream);
            }
        }

        @EachSetting
        void onceOneDirectionIsClosedThereIsNoFurtherHandshake(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                pair.client().shutdownOutput();
                assertThrows(SocketException.class, pair.client()::startHandshake);
                assertEquals(-1, pair.server().getInputStream().read());
                assertThrows(SocketException.class, pair.server()::startHandshake);
            }
        }

        @EachSetting
        void theRoleIsFixedByTheHandshake(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                assertThrows(IllegalArgumentException.class, () -> pair.client().setUseClientMode(false));
                assertThrows(IllegalArgumentException.class, () -> pair.server().setUseClientMode(true));
                assertTrue(pair.client().getUseClientMode());
            }
        }

        @EachSetting
        void rolesMayBeSwapped(Setting setting) throws Exception {
            var raw = RawPair.open();
            try (var pair = setting.isLayered()
                    ? SocketPair.layered(server(setting.version()), client(setting.version()), raw, true)
                    : new SocketPair(server(setting.version()), client(setting.version()))) {
                pair.client().setUseClientMode(false);
                pair.server().setUseClientMode(true);
                assertFalse(pair.client().getUseClientMode());
                pair.handshake();
                assertNotNull(pair.client().getSession().getLocalCertificates());
                pair.converse(1);
            }
        }

        @EachSetting
        void wishesAfterTheHandshakeChangeNothing(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                var session = pair.client().getSession();
                pair.client().setEnabledProtocols(new String[] {"TLSv1.2"});
                pair.client().setEnableSessionCreation(false);
                pair.server().setNeedClientAuth(true);
                assertSame(session, pair.client().getSession());
                assertEquals(setting.version(), pair.client().getSession().getProtocol());
                assertEquals(List.of("TLSv1.2"), List.of(pair.client().getEnabledProtocols()));
                pair.converse(1);
            }
        }

        @EachSetting
        @SuppressWarnings("removal")
        void listenersAreToldOnAnotherThread(Setting setting) throws Exception {
            try (var pair = sockets(setting)) {
                var told = new CompletableFuture<Thread>();
                var event = new AtomicReference<HandshakeCompletedEvent>();
                pair.client().addHandshakeCompletedListener(each -> {
                    event.set(each);
                    told.complete(Thread.currentThread());
                });
                pair.handshake();
                assertNotSame(Thread.currentThread(), told.get());
                var session = pair.client().getSession();
                assertSame(pair.client(), event.get().getSocket());
                assertSame(pair.client(), event.get().getSource());
                assertSame(session, event.get().getSession());
                assertEquals(session.getCipherSuite(), event.get().getCipherSuite());
                assertEquals(session.getPeerCertificates()[0], event.get().getPeerCertificates()[0]);
                assertEquals(session.getPeerPrincipal(), event.get().getPeerPrincipal());
                assertNull(event.get().getLocalCertificates());
                assertNull(event.get().getLocalPrincipal());
                assertThrows(
                        UnsupportedOperationException.class, () -> event.get().getPeerCertificateChain());
            }
        }

        @EachVersion
        void serversTellTheirListenersToo(String version) throws Exception {
            try (var pair = new SocketPair(client(version, TestCertificates.ecClient()), server(version))) {
                pair.server().setNeedClientAuth(true);
                var told = new CompletableFuture<HandshakeCompletedEvent>();
                pair.server().addHandshakeCompletedListener(told::complete);
                pair.handshake();
                pair.converse(1);
                var event = told.get();
                assertEquals(TestCertificates.ecClient().certificate(), event.getPeerCertificates()[0]);
                assertEquals(TestCertificates.ecServer().certificate(), event.getLocalCertificates()[0]);
                assertEquals(
                        TestCertificates.ecServer().certificate().getSubjectX500Principal(), event.getLocalPrincipal());
            }
        }

        @EachVersion
        void whoNoLongerListensIsNotTold(String version) throws Exception {
            try (var pair = sockets(version)) {
                var gone = new AtomicInteger();
                var told = new CompletableFuture<Integer>();
                HandshakeCompletedListener leaving = event -> gone.incrementAndGet();
                pair.client().addHandshakeCompletedListener(leaving);
                pair.client().addHandshakeCompletedListener(event -> told.complete(gone.get()));
                pair.client().removeHandshakeCompletedListener(leaving);
                pair.handshake();
                assertEquals(0, told.get());
                assertEquals(0, gone.get());
            }
        }

        @EachVersion
        void whoListensTwiceListensOnce(String version) throws Exception {
            try (var pair = sockets(version)) {
                HandshakeCompletedListener listener = event -> {};
                pair.client().addHandshakeCompletedListener(listener);
                pair.client().addHandshakeCompletedListener(listener);
                pair.client().removeHandshakeCompletedListener(listener);
                assertThrows(
                        IllegalArgumentException.class, () -> pair.client().removeHandshakeCompletedListener(listener));
            }
        }

        @EachVersion
        void anEventTellsWhatItWasMadeOf(String version) throws Exception {
            try (var pair = sockets(version).handshake()) {
                var session = pair.client().getSession();
                var event = new HandshakeCompletedEvent(pair.client(), session);
                assertSame(pair.client(), event.getSocket());
                assertSame(session, event.getSession());
                assertEquals(session.getCipherSuite(), event.getCipherSuite());
                assertThrows(IllegalArgumentException.class, () -> new HandshakeCompletedEvent(null, session));
            }
        }

        @Test
        void listenersThatAreNoneAreRefused() throws Exception {
            try (var socket = socket()) {
                assertThrows(IllegalArgumentException.class, () -> socket.addHandshakeCompletedListener(null));
                assertThrows(IllegalArgumentException.class, () -> socket.removeHandshakeCompletedListener(null));
                assertThrows(
                        IllegalArgumentException.class, () -> socket.removeHandshakeCompletedListener(event -> {}));
            }
        }

        @EachSetting
        void amidTheHandshakeItsSessionIsSeen(Setting setting) throws Exception {
            try (var pair = sockets(setting)) {
                var seen = new ArrayList<SSLSession>();
                var protocols = new ArrayList<String>();
                with(pair.client(), it -> it.setApplicationProtocols(new String[] {"a", "b"}));
                pair.server().setHandshakeApplicationProtocolSelector((socket, offered) -> {
                    seen.add(socket.getHandshakeSession());
                    protocols.add(socket.getHandshakeApplicationProtocol());
                    protocols.add(socket.getApplicationProtocol());
                    return offered.get(0);
                });
                pair.handshake();
                assertNotNull(seen.get(0));
                assertEquals(setting.version(), seen.get(0).getProtocol());
                assertNull(protocols.get(0));
                assertNull(protocols.get(1));
                assertEquals("a", pair.server().getApplicationProtocol());
            }
        }

        @EachSetting
        void theSelectorIsTheLastThatWasSet(Setting setting) throws Exception {
            try (var pair = sockets(setting)) {
                BiFunction<SSLSocket, List<String>, String> none = (socket, offered) -> "";
                assertNull(pair.server().getHandshakeApplicationProtocolSelector());
                pair.server().setHandshakeApplicationProtocolSelector(none);
                assertSame(none, pair.server().getHandshakeApplicationProtocolSelector());
                with(pair.client(), it -> it.setApplicationProtocols(new String[] {"a"}));
                pair.handshake();
                assertEquals("", pair.client().getApplicationProtocol());
                assertEquals("", pair.server().getApplicationProtocol());
            }
        }

        @EachVersion
        void aSelectorThatKnowsNoneEndsTheHandshake(String version) throws Exception {
            try (var pair = sockets(version)) {
                with(pair.client(), it -> it.setApplicationProtocols(new String[] {"a"}));
                pair.server().setHandshakeApplicationProtocolSelector((socket, offered) -> null);
                var failures = pair.failures();
                assertInstanceOf(SSLHandshakeException.class, failures.client().orElseThrow());
                assertInstanceOf(SSLHandshakeException.class, failures.server().orElseThrow());
            }
        }

        /** By renegotiation in TLS 1.2, and without it not at all. */
        @EachVersion
        void aServerThatAsksLateIsHeededOnlyWhereThatIsEnabled(String version) throws Exception {
            try (var pair = new SocketPair(client(version, TestCertificates.ecClient()), server(version)).handshake()) {
                pair.server().setNeedClientAuth(true);
                pair.server().getSession().invalidate();
                pair.server().startHandshake();
                pair.converse(5);
                if (stack().isOurs() || version.equals("TLSv1.3"))
                    assertThrows(SSLPeerUnverifiedException.class, () -> peerOf(pair.server()));
                else assertEquals(TestCertificates.ecClient().certificate(), peerOf(pair.server()));
            }
        }

        private static Certificate peerOf(SSLSocket socket) throws SSLPeerUnverifiedException {
            return socket.getSession().getPeerCertificates()[0];
        }

        @EachSetting
        void aHandshakeAfterTheFirstKeepsTheConnectionWhole(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                pair.converse(1);
                pair.client().startHandshake();
                pair.converse(2);
                pair.server().startHandshake();
                pair.converse(2);
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
