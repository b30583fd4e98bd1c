package org.almosttls.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.crypto.SecretKey;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionBindingEvent;
import javax.net.ssl.SSLSessionBindingListener;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import org.almosttls.testkit.SocketPair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the session of a socket tells, keeps and allows. */
class SocketSessionsTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    abstract static class Suite extends Control {

        Suite(Stack stack) {
            super(stack);
        }

        @EachSetting
        void bothEndsTellTheSame(Setting setting) throws Exception {
            try (var pair = sockets(setting).handshake()) {
                var client = pair.client().getSession();
                var server = pair.server().getSession();
                assertEquals(setting.version(), client.getProtocol());
                assertEquals(setting.version(), server.getProtocol());
                assertEquals(client.getCipherSuite(), server.getCipherSuite());
                assertTrue(client.isValid() && server.isValid());
                assertTrue(client.getId().length <= 32);
                // RFC 5077 §3.4: a server that issues a ticket gives no id, so that each end has one of its own.
                if (!setting.is13()) assertEquals(!stack().isOurs(), Arrays.equals(client.getId(), server.getId()));
                assertEquals(TestCertificates.HOST, client.getPeerHost());
            }
        }

        @EachVersion
        void certificatesAreThoseThatWereShown(String version) throws Exception {
            var ofClient = TestCertificates.ecClient().certificate();
            var ofServer = TestCertificates.ecServer().certificate();
            try (var pair = new SocketPair(client(version, TestCertificates.ecClient()), server(version))) {
                pair.server().setNeedClientAuth(true);
                pair.handshake();
                var client = pair.client().getSession();
                var server = pair.server().getSession();
                assertEquals(ofServer, client.getPeerCertificates()[0]);
                assertEquals(ofClient, client.getLocalCertificates()[0]);
                assertEquals(ofClient, server.getPeerCertificates()[0]);
                assertEquals(ofServer, server.getLocalCertificates()[0]);
                assertEquals(ofServer.getSubjectX500Principal(), client.getPeerPrincipal());
                assertEquals(ofClient.getSubjectX500Principal(), client.getLocalPrincipal());
                assertEquals(ofClient.getSubjectX500Principal(), server.getPeerPrincipal());
                assertEquals(ofServer.getSubjectX500Principal(), server.getLocalPrincipal());
            }
        }

        @EachVersion
        @SuppressWarnings("removal")
        void whoShowedNoneIsNotVerified(String version) throws Exception {
            try (var pair = sockets(version).handshake()) {
                var server = pair.server().getSession();
                assertThrows(SSLPeerUnverifiedException.class, server::getPeerCertificates);
                assertThrows(SSLPeerUnverifiedException.class, server::getPeerPrincipal);
                assertNull(pair.client().getSession().getLocalCertificates());
                assertNull(pair.client().getSession().getLocalPrincipal());
                assertThrows(UnsupportedOperationException.class, server::getPeerCertificateChain);
            }
        }

        @EachVersion
        void certificatesAndIdsAreCopies(String version) throws Exception {
            try (var pair = sockets(version).handshake()) {
                var session = pair.client().getSession();
                var id = session.getId();
                session.getPeerCertificates()[0] = null;
                Arrays.fill(session.getId(), (byte) 0);
                assertEquals(TestCertificates.ecServer().certificate(), session.getPeerCertificates()[0]);
                assertArrayEquals(id, session.getId());
            }
        }

        @EachVersion
        void timesAreThoseOfTheHandshake(String version) throws Exception {
            long before = System.currentTimeMillis();
            try (var pair = sockets(version).handshake()) {
                long after = System.currentTimeMillis();
                for (var session :
                        List.of(pair.client().getSession(), pair.server().getSession())) {
                    assertTrue(before <= session.getCreationTime() && session.getCreationTime() <= after);
                    assertTrue(session.getCreationTime() <= session.getLastAccessedTime());
                    assertTrue(session.getLastAccessedTime() <= System.currentTimeMillis());
                }
            }
        }

        @EachVersion
        void buffersOfItsSizesHoldRecords(String version) throws Exception {
            try (var pair = sockets(version).handshake()) {
                var session = pair.client().getSession();
                assertTrue(session.getApplicationBufferSize() >= 1 << 14);
                assertTrue(session.getPacketBufferSize() > session.getApplicationBufferSize());
                if (stack().isOurs()) {
                    assertEquals(1 << 14, session.getApplicationBufferSize());
                    assertEquals(5 + (1 << 14) + 2048, session.getPacketBufferSize());
                }
            }
        }

        @EachVersion
        void valuesAreBoundByTheirNames(String version) throws Exception {
            try (var pair = sockets(version).handshake()) {
                var session = pair.client().getSession();
                assertNull(session.getValue("a"));
                assertEquals(0, session.getValueNames().length);
                session.putValue("a", 1);
                session.putValue("b", "two");
                assertEquals(1, session.getValue("a"));
                assertEquals(Set.of("a", "b"), Set.of(session.getValueNames()));
                assertEquals(1, pair.client().getSession().getValue("a"));
                session.removeValue("a");
                session.removeValue("never");
                assertNull(session.getValue("a"));
                assertThrows(IllegalArgumentException.class, () -> session.putValue(null, 1));
                assertThrows(IllegalArgumentException.class, () -> session.putValue("c", null));
                assertThrows(IllegalArgumentException.class, () -> session.getValue(null));
                assertThrows(IllegalArgumentException.class, () -> session.removeValue(null));
            }
        }

        @EachVersion
        void valuesAreToldThatTheyAreBound(String version) throws Exception {
            try (var pair = sockets(version).handshake()) {
                var session = pair.client().getSession();
                var first = new Told("first");
                var second = new Told("second");
                session.putValue("name", first);
                assertEquals(List.of("first bound name"), first.said);
                session.putValue("name", second);
                assertEquals(List.of("first bound name", "first unbound name"), first.said);
                session.removeValue("name");
                assertEquals(List.of("second bound name", "second unbound name"), second.said);
                assertSame(session, first.session);
            }
        }

        @EachVersion
        void anEventTellsWhatItWasMadeOf(String version) throws Exception {
            try (var pair = sockets(version).handshake()) {
                var session = pair.client().getSession();
                var event = new SSLSessionBindingEvent(session, "name");
                assertSame(session, event.getSession());
                assertEquals("name", event.getName());
            }
        }

        @EachVersion
        void anInvalidSessionEndsNoConnection(String version) throws Exception {
            try (var pair = sockets(version).handshake()) {
                var session = pair.client().getSession();
                session.invalidate();
                assertFalse(session.isValid());
                pair.converse(1);
                assertSame(session, pair.client().getSession());
                session.invalidate();
                assertEquals(version, session.getProtocol());
            }
        }

        @EachVersion
        void aSessionIsGoneOnWith(String version) throws Exception {
            var client = client(version);
            var server = server(version);
            try (var listening = server.getServerSocketFactory().createServerSocket(0, 5, LOOPBACK)) {
                var first = session(client, listening);
                var second = session(client, listening);
                assertEquals(first.getCreationTime(), second.getCreationTime());
                assertTrue(first.getLastAccessedTime() <= second.getLastAccessedTime());
                assertArrayEquals(first.getPeerCertificates(), second.getPeerCertificates());
                sessionsOf(client.getClientSessionContext()).forEach(SSLSession::invalidate);
                assertNotEquals(
                        first.getCreationTime(), session(client, listening).getCreationTime());
            }
        }

        /** Of a connection that has come to its end. */
        private static SSLSession session(SSLContext context, ServerSocket listening) throws Exception {
            var socket = context.getSocketFactory().createSocket(LOOPBACK, listening.getLocalPort());
            try (var client = (SSLSocket) socket;
                    var server = listening.accept()) {
                var serving = CompletableFuture.runAsync(() -> echo(server));
                client.getOutputStream().write(1);
                assertEquals(1, client.getInputStream().read());
                serving.get();
                return client.getSession();
            }
        }

        private static void echo(Socket server) {
            try {
                server.getOutputStream().write(server.getInputStream().read());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @EachVersion
        void theContextKnowsItsSessions(String version) throws Exception {
            var client = client(version);
            var server = server(version);
            try (var pair = new SocketPair(client, server).handshake()) {
                pair.converse(1);
                var session = pair.client().getSession();
                var all = client.getClientSessionContext();
                assertSame(all, session.getSessionContext());
                assertSame(
                        server.getServerSessionContext(),
                        pair.server().getSession().getSessionContext());
                var known = sessionsOf(all);
                assertFalse(known.isEmpty());
                for (var each : known) {
                    assertEquals(session.getPeerPrincipal(), each.getPeerPrincipal());
                    each.invalidate();
                }
                assertEquals(List.of(), sessionsOf(all));
            }
        }

        private static List<SSLSession> sessionsOf(SSLSessionContext context) {
            var ids = new ArrayList<byte[]>();
            context.getIds().asIterator().forEachRemaining(ids::add);
            return ids.stream()
                    .map(context::getSession)
                    .filter(Objects::nonNull)
                    .toList();
        }

        @Test
        void theContextOfSessionsHasBounds() {
            var context = client("TLS");
            for (var all : List.of(context.getClientSessionContext(), context.getServerSessionContext())) {
                assertEquals(86400, all.getSessionTimeout());
                assertEquals(20480, all.getSessionCacheSize());
                all.setSessionTimeout(7);
                all.setSessionCacheSize(3);
                assertEquals(7, all.getSessionTimeout());
                assertEquals(3, all.getSessionCacheSize());
                assertThrows(IllegalArgumentException.class, () -> all.setSessionTimeout(-1));
                assertThrows(IllegalArgumentException.class, () -> all.setSessionCacheSize(-1));
                assertNull(all.getSession(new byte[32]));
                assertThrows(NullPointerException.class, () -> all.getSession(null));
                assertFalse(all.getIds().hasMoreElements());
            }
        }

        @EachVersion
        void namesAndSchemesAreThoseOfTheHellos(String version) throws Exception {
            try (var pair = sockets(version)) {
                var name = new SNIHostName("some.example");
                with(pair.client(), it -> it.setServerNames(List.of(name)));
                pair.handshake();
                var client = (ExtendedSSLSession) pair.client().getSession();
                var server = (ExtendedSSLSession) pair.server().getSession();
                assertEquals(List.of(name), client.getRequestedServerNames());
                assertEquals(List.of(name), server.getRequestedServerNames());
                assertTrue(
                        List.of(client.getLocalSupportedSignatureAlgorithms()).contains("SHA256withECDSA"));
                assertTrue(List.of(server.getPeerSupportedSignatureAlgorithms()).contains("SHA256withECDSA"));
                assertEquals(List.of(), client.getStatusResponses());
            }
        }

        /** RFC 5705. */
        @EachVersion
        void keysAreExported(String version) throws Exception {
            sinceJava(25);
            try (var pair = sockets(version).handshake()) {
                var client = pair.client().getSession();
                var server = pair.server().getSession();
                var data = exportedData(client);
                assertEquals(20, data.length);
                assertArrayEquals(data, exportedData(server));
                assertEquals("AES", exportedKey(client).getAlgorithm());
                assertEquals(exportedKey(client), exportedKey(server));
            }
        }

        private static byte[] exportedData(SSLSession session) throws Exception {
            return (byte[]) ExtendedSSLSession.class
                    .getMethod("exportKeyingMaterialData", String.class, byte[].class, int.class)
                    .invoke(session, "EXPERIMENTAL-label", new byte[3], 20);
        }

        private static SecretKey exportedKey(SSLSession session) throws Exception {
            return (SecretKey) ExtendedSSLSession.class
                    .getMethod("exportKeyingMaterialKey", String.class, String.class, byte[].class, int.class)
                    .invoke(session, "AES", "EXPERIMENTAL-label", new byte[3], 16);
        }
    }

    private static final class Told implements SSLSessionBindingListener {

        private final List<String> said = new ArrayList<>();
        private final String self;
        private SSLSession session;

        Told(String self) {
            this.self = self;
        }

        @Override
        public void valueBound(SSLSessionBindingEvent event) {
            session = event.getSession();
            said.add(self + " bound " + event.getName());
        }

        @Override
        public void valueUnbound(SSLSessionBindingEvent event) {
            said.add(self + " unbound " + event.getName());
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
