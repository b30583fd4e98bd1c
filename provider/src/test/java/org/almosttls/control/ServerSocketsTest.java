package org.almosttls.control;

import static org.almosttls.testkit.SocketPair.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocket;
import org.almosttls.testkit.RawPair;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Listening sockets of TLS: what every listening socket has, and what they hand on to what they accept. */
class ServerSocketsTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    abstract static class Suite extends Control {

        Suite(Stack stack) {
            super(stack);
        }

        private SSLServerSocketFactory factory() {
            return server("TLSv1.3").getServerSocketFactory();
        }

        private SSLServerSocket listen() throws IOException {
            return (SSLServerSocket) factory().createServerSocket(0, 5, LOOPBACK);
        }

        private static SSLSocket accept(SSLServerSocket listening) throws IOException {
            try (var visitor = new Socket(LOOPBACK, listening.getLocalPort())) {
                assertTrue(visitor.isConnected());
                return (SSLSocket) listening.accept();
            }
        }

        @Test
        void factoriesBindAsTheyAreTold() throws Exception {
            try (var any = factory().createServerSocket(0);
                    var few = factory().createServerSocket(0, 1);
                    var local = factory().createServerSocket(0, 1, LOOPBACK);
                    var idle = factory().createServerSocket()) {
                for (var each : List.of(any, few, local)) {
                    assertInstanceOf(SSLServerSocket.class, each);
                    assertTrue(each.isBound());
                    assertTrue(each.getLocalPort() > 0);
                }
                assertEquals(LOOPBACK, local.getInetAddress());
                assertFalse(idle.isBound());
                assertThrows(
                        BindException.class, () -> factory().createServerSocket(local.getLocalPort(), 1, LOOPBACK));
            }
        }

        @Test
        void itIsBoundOnce() throws Exception {
            try (var socket = factory().createServerSocket();
                    var other = factory().createServerSocket()) {
                assertNull(socket.getLocalSocketAddress());
                assertNull(socket.getInetAddress());
                assertEquals(-1, socket.getLocalPort());
                assertThrows(SocketException.class, socket::accept);
                socket.bind(new InetSocketAddress(LOOPBACK, 0));
                other.bind(new InetSocketAddress(LOOPBACK, 0), 3);
                assertEquals(new InetSocketAddress(LOOPBACK, socket.getLocalPort()), socket.getLocalSocketAddress());
                assertThrows(SocketException.class, () -> socket.bind(new InetSocketAddress(LOOPBACK, 0)));
                assertNull(socket.getChannel());
            }
        }

        @Test
        void itsOptionsAreThoseOfAnyOther() throws Exception {
            try (var listening = listen()) {
                listening.setReuseAddress(true);
                assertTrue(listening.getReuseAddress());
                listening.setReceiveBufferSize(20_000);
                assertTrue(listening.getReceiveBufferSize() >= 20_000);
                listening.setSoTimeout(1234);
                assertEquals(1234, listening.getSoTimeout());
                assertThrows(IllegalArgumentException.class, () -> listening.setSoTimeout(-1));
                listening.setPerformancePreferences(1, 2, 3);
                assertTrue(listening.supportedOptions().contains(StandardSocketOptions.SO_RCVBUF));
                listening.setOption(StandardSocketOptions.SO_REUSEADDR, false);
                assertFalse(listening.getOption(StandardSocketOptions.SO_REUSEADDR));
            }
        }

        @Test
        void acceptingTimesOutAndGoesOn() throws Exception {
            try (var listening = listen()) {
                listening.setSoTimeout(5);
                assertThrows(SocketTimeoutException.class, listening::accept);
                listening.setSoTimeout(0);
                try (var accepted = accept(listening)) {
                    assertTrue(accepted.isConnected());
                }
            }
        }

        @Test
        void closingFreesWhoAccepts() throws Exception {
            var listening = listen();
            var begun = new CountDownLatch(1);
            var accepting = new FutureTask<>(() -> {
                begun.countDown();
                return listening.accept();
            });
            new Thread(accepting).start();
            begun.await();
            listening.close();
            var thrown = assertThrows(ExecutionException.class, accepting::get);
            assertInstanceOf(SocketException.class, thrown.getCause());
            assertTrue(listening.isClosed());
            assertTrue(listening.isBound());
            assertThrows(SocketException.class, listening::accept);
        }

        @Test
        void acceptingDoesNotWaitForAHandshake() throws Exception {
            try (var listening = listen();
                    var accepted = accept(listening)) {
                assertFalse(listening.getUseClientMode());
                assertFalse(accepted.getUseClientMode());
                assertEquals(listening.getLocalPort(), accepted.getLocalPort());
                assertNull(accepted.getHandshakeSession());
            }
        }

        @Test
        void wishesAreHandedOn() throws Exception {
            try (var listening = listen()) {
                listening.setEnabledCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256"});
                listening.setEnabledProtocols(new String[] {"TLSv1.3"});
                listening.setNeedClientAuth(true);
                listening.setEnableSessionCreation(false);
                var parameters = listening.getSSLParameters();
                parameters.setApplicationProtocols(new String[] {"h2"});
                parameters.setUseCipherSuitesOrder(false);
                listening.setSSLParameters(parameters);
                try (var accepted = accept(listening)) {
                    assertArrayEquals(listening.getEnabledCipherSuites(), accepted.getEnabledCipherSuites());
                    assertArrayEquals(new String[] {"TLSv1.3"}, accepted.getEnabledProtocols());
                    assertTrue(accepted.getNeedClientAuth());
                    assertFalse(accepted.getWantClientAuth());
                    assertFalse(accepted.getEnableSessionCreation());
                    assertFalse(listening.getEnableSessionCreation());
                    assertArrayEquals(
                            new String[] {"h2"}, accepted.getSSLParameters().getApplicationProtocols());
                    assertFalse(accepted.getSSLParameters().getUseCipherSuitesOrder());
                }
            }
        }

        @Test
        void laterWishesAreNot() throws Exception {
            try (var listening = listen();
                    var accepted = accept(listening)) {
                listening.setWantClientAuth(true);
                assertTrue(listening.getWantClientAuth());
                assertFalse(listening.getNeedClientAuth());
                accepted.setEnabledCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256"});
                assertFalse(accepted.getWantClientAuth());
                assertTrue(listening.getEnabledCipherSuites().length > 1);
            }
        }

        @Test
        void unknownNamesAreRefused() throws Exception {
            try (var listening = listen()) {
                var suites = new String[] {"TLS_NO_SUCH_SUITE"};
                var protocols = new String[] {"TLSv9"};
                assertThrows(IllegalArgumentException.class, () -> listening.setEnabledCipherSuites(suites));
                assertThrows(IllegalArgumentException.class, () -> listening.setEnabledProtocols(protocols));
                assertTrue(List.of(listening.getSupportedCipherSuites())
                        .containsAll(List.of(listening.getEnabledCipherSuites())));
                assertTrue(List.of(listening.getSupportedProtocols())
                        .containsAll(List.of(listening.getEnabledProtocols())));
            }
        }

        @Test
        void suitesOfTheFactoryAreThoseOfItsSockets() throws Exception {
            try (var listening = listen()) {
                assertArrayEquals(listening.getEnabledCipherSuites(), factory().getDefaultCipherSuites());
                assertArrayEquals(
                        listening.getSupportedCipherSuites(), factory().getSupportedCipherSuites());
            }
        }

        /** As FTP has it: who accepts is the client of TLS. */
        @EachVersion
        void itMayAcceptClients(String version) throws Exception {
            try (var listening =
                    (SSLServerSocket) client(version).getServerSocketFactory().createServerSocket(0, 1, LOOPBACK)) {
                listening.setUseClientMode(true);
                assertTrue(listening.getUseClientMode());
                var raw = new Socket(LOOPBACK, listening.getLocalPort());
                try (var accepted = (SSLSocket) listening.accept();
                        var pair = layered(version, new RawPair(raw, accepted), true)) {
                    assertTrue(accepted.getUseClientMode());
                    var server = (SSLSocket) server(version).getSocketFactory().createSocket(raw, null, 1, true);
                    server.setUseClientMode(false);
                    var serving = pair.async(() -> server.getSession().isValid());
                    accepted.startHandshake();
                    assertTrue(await(serving));
                }
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
