package org.almosttls.control;

import static org.almosttls.testkit.SocketPair.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.almosttls.testkit.Noise;
import org.almosttls.testkit.RawPair;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the factory of sockets makes. */
class SocketFactoriesTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    abstract static class Suite extends Control {

        Suite(Stack stack) {
            super(stack);
        }

        private SSLSocketFactory factory() {
            return client("TLSv1.3").getSocketFactory();
        }

        @Test
        void whatItMakesIsConnectedAndAClient() throws Exception {
            try (var listening = new ServerSocket(0, 5, LOOPBACK)) {
                int port = listening.getLocalPort();
                for (var made : List.of(
                        factory().createSocket("127.0.0.1", port),
                        factory().createSocket(LOOPBACK, port),
                        factory().createSocket("127.0.0.1", port, LOOPBACK, 0),
                        factory().createSocket(LOOPBACK, port, LOOPBACK, 0))) {
                    try (var socket = assertInstanceOf(SSLSocket.class, made)) {
                        assertTrue(socket.isConnected());
                        assertTrue(socket.getUseClientMode());
                        assertEquals(port, socket.getPort());
                        assertEquals(LOOPBACK, socket.getLocalAddress());
                    }
                }
            }
        }

        @Test
        void theLocalPortIsAsAskedFor() throws Exception {
            int free;
            try (var probe = new ServerSocket(0, 1, LOOPBACK)) {
                free = probe.getLocalPort();
            }
            try (var listening = new ServerSocket(0, 5, LOOPBACK);
                    var socket = factory().createSocket("127.0.0.1", listening.getLocalPort(), LOOPBACK, free)) {
                assertEquals(free, socket.getLocalPort());
            }
        }

        @Test
        void whatCannotBeConnectedIsTold() throws Exception {
            int free;
            try (var probe = new ServerSocket(0, 1, LOOPBACK)) {
                free = probe.getLocalPort();
            }
            assertThrows(ConnectException.class, () -> factory().createSocket(LOOPBACK, free));
            assertThrows(UnknownHostException.class, () -> factory().createSocket("no-such-host.invalid", 1));
            assertThrows(IllegalArgumentException.class, () -> factory().createSocket(LOOPBACK, 70_000));
            assertThrows(IllegalArgumentException.class, () -> factory().createSocket("127.0.0.1", -1));
        }

        @Test
        void withoutArgumentsItIsNotConnected() throws Exception {
            try (var socket = assertInstanceOf(SSLSocket.class, factory().createSocket())) {
                assertFalse(socket.isConnected());
                assertFalse(socket.isBound());
                assertTrue(socket.getUseClientMode());
            }
        }

        @Test
        void onlyAConnectedTransportIsLayeredUpon() throws Exception {
            try (var idle = new Socket()) {
                assertThrows(SocketException.class, () -> factory().createSocket(idle, "localhost", 1, true));
                assertThrows(
                        SocketException.class,
                        () -> factory().createSocket(idle, new ByteArrayInputStream(new byte[0]), true));
            }
            assertThrows(NullPointerException.class, () -> factory().createSocket((Socket) null, "localhost", 1, true));
        }

        @EachVersion
        void whatWasConsumedBeforeCountsAsInput(String version) throws Exception {
            try (var raw = RawPair.open();
                    var pair = layered(version, raw, true)) {
                var session = pair.async(() -> {
                    byte[] consumed = raw.server().getInputStream().readNBytes(11);
                    var server = (SSLSocket) server(version)
                            .getSocketFactory()
                            .createSocket(raw.server(), new ByteArrayInputStream(consumed), true);
                    assertFalse(server.getUseClientMode());
                    server.getOutputStream().write(server.getInputStream().readNBytes(100));
                    return server.getSession().getCipherSuite();
                });
                pair.client().getOutputStream().write(Noise.of(100));
                assertArrayEquals(Noise.of(100), pair.client().getInputStream().readNBytes(100));
                assertEquals(pair.client().getSession().getCipherSuite(), await(session));
            }
        }

        @EachVersion
        void nothingNeedHaveBeenConsumed(String version) throws Exception {
            try (var raw = RawPair.open();
                    var pair = layered(version, raw, true)) {
                var made = (SSLSocket)
                        server(version).getSocketFactory().createSocket(raw.server(), (InputStream) null, true);
                var valid = pair.async(() -> made.getSession().isValid());
                assertTrue(pair.client().getSession().isValid());
                assertTrue(await(valid));
            }
        }

        @EachVersion
        void aClientsFactoryMakesServersToo(String version) throws Exception {
            try (var raw = RawPair.open();
                    var pair = layered(version, raw, true)) {
                var turned = (SSLSocket) server(version).getSocketFactory().createSocket(raw.server(), "any", 1, true);
                turned.setUseClientMode(false);
                var valid = pair.async(() -> turned.getSession().isValid());
                assertTrue(pair.client().getSession().isValid());
                assertTrue(await(valid));
            }
        }

        /** TLS within TLS. */
        @EachVersion
        void aSocketOfTlsIsATransportToo(String version) throws Exception {
            try (var outer = sockets(version).handshake();
                    var inner = layered(version, new RawPair(outer.client(), outer.server()), true)
                            .handshake()) {
                inner.converse(3);
                inner.client().close();
                assertTrue(outer.client().isClosed());
                assertEquals(-1, inner.server().getInputStream().read());
            }
        }

        @Test
        void theNameOfThePeerIsTheCallers() throws Exception {
            try (var raw = RawPair.open();
                    var pair = layered("TLSv1.3", raw, true)) {
                with(pair.client(), it -> it.setEndpointIdentificationAlgorithm("HTTPS"));
                pair.handshake();
                assertEquals(TestCertificates.HOST, pair.client().getSession().getPeerHost());
                int port = stack().isOurs() ? 443 : raw.client().getPort();
                assertEquals(port, pair.client().getSession().getPeerPort());
            }
        }

        @Test
        void defaultSuitesAreThoseOfItsSockets() throws Exception {
            try (var socket = (SSLSocket) factory().createSocket()) {
                assertArrayEquals(socket.getEnabledCipherSuites(), factory().getDefaultCipherSuites());
                assertArrayEquals(socket.getSupportedCipherSuites(), factory().getSupportedCipherSuites());
            }
        }

        @Test
        void suitesCanBeAlteredWithoutHarm() {
            var factory = factory();
            Arrays.fill(factory.getDefaultCipherSuites(), "x");
            Arrays.fill(factory.getSupportedCipherSuites(), "x");
            assertFalse(List.of(factory.getDefaultCipherSuites()).contains("x"));
            assertFalse(List.of(factory.getSupportedCipherSuites()).contains("x"));
        }

        /** The default is one for the JVM, so only what it is of the context that was set is tried. */
        @Test
        void theDefaultFactoriesAreThoseOfTheDefaultContext() throws Exception {
            var before = SSLContext.getDefault();
            try {
                SSLContext.setDefault(server("TLS"));
                try (var listening = SSLServerSocketFactory.getDefault().createServerSocket(0, 1, LOOPBACK);
                        var client = (SSLSocket) SSLContext.getDefault()
                                .getSocketFactory()
                                .createSocket(LOOPBACK, listening.getLocalPort());
                        var server = (SSLSocket) listening.accept()) {
                    assertSame(
                            SSLContext.getDefault().getSocketFactory().getClass(),
                            SSLSocketFactory.getDefault().getClass());
                    assertHandshake(client, server);
                }
            } finally {
                SSLContext.setDefault(before);
            }
        }

        private static void assertHandshake(SSLSocket client, SSLSocket server)
                throws IOException, InterruptedException, ExecutionException {
            var serving = CompletableFuture.supplyAsync(server::getSession);
            client.startHandshake();
            assertTrue(serving.get().isValid());
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
