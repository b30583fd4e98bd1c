package org.almosttls.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a socket of TLS has of every socket: addresses, states and options of its transport. */
class SocketOptionsTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    abstract static class Suite extends Control {

        Suite(Stack stack) {
            super(stack);
        }

        private SSLSocket socket() throws IOException {
            return (SSLSocket) client("TLSv1.3").getSocketFactory().createSocket();
        }

        @Test
        void anUnconnectedSocketIsBoundAndConnectedInTurn() throws Exception {
            try (var listening = new ServerSocket(0, 1, LOOPBACK);
                    var socket = socket()) {
                assertFalse(socket.isBound());
                assertFalse(socket.isConnected());
                assertFalse(socket.isClosed());
                assertNull(socket.getInetAddress());
                assertNull(socket.getRemoteSocketAddress());
                assertNull(socket.getLocalSocketAddress());
                assertEquals(0, socket.getPort());
                assertEquals(-1, socket.getLocalPort());
                socket.bind(new InetSocketAddress(LOOPBACK, 0));
                assertTrue(socket.isBound());
                int port = socket.getLocalPort();
                socket.connect(listening.getLocalSocketAddress());
                assertTrue(socket.isConnected());
                assertEquals(port, socket.getLocalPort());
                assertEquals(listening.getLocalPort(), socket.getPort());
            }
        }

        @Test
        void aSecondConnectIsRefused() throws Exception {
            try (var listening = new ServerSocket(0, 2, LOOPBACK);
                    var socket = socket()) {
                socket.connect(listening.getLocalSocketAddress(), 10_000);
                assertThrows(SocketException.class, () -> socket.connect(listening.getLocalSocketAddress()));
                assertThrows(SocketException.class, () -> socket.bind(new InetSocketAddress(LOOPBACK, 0)));
            }
        }

        @Test
        void badAddressesAreRefused() throws Exception {
            try (var socket = socket()) {
                var refusal = stack().isOurs() ? IllegalArgumentException.class : SocketException.class;
                assertThrows(refusal, () -> socket.connect(null));
                assertThrows(
                        IllegalArgumentException.class, () -> socket.connect(new InetSocketAddress(LOOPBACK, 1), -1));
                assertThrows(
                        IOException.class, () -> socket.connect(InetSocketAddress.createUnresolved("no.example", 1)));
            }
        }

        @Test
        void aLayeredSocketIsConnectedForGood() throws Exception {
            try (var pair = sockets(Setting.LAYERED_13)) {
                assertTrue(pair.client().isConnected());
                assertTrue(pair.client().isBound());
                assertThrows(
                        IOException.class,
                        () -> pair.client().connect(pair.client().getRemoteSocketAddress()));
                assertThrows(
                        IOException.class,
                        () -> pair.client().connect(pair.client().getRemoteSocketAddress(), 1));
                assertThrows(IOException.class, () -> pair.client().bind(new InetSocketAddress(LOOPBACK, 0)));
            }
        }

        @EachSetting
        void addressesAreThoseOfTheTransport(Setting setting) throws Exception {
            try (var pair = sockets(setting)) {
                var client = pair.client();
                var server = pair.server();
                assertEquals(server.getLocalPort(), client.getPort());
                assertEquals(client.getLocalPort(), server.getPort());
                assertEquals(server.getLocalAddress(), client.getInetAddress());
                assertEquals(client.getLocalAddress(), server.getInetAddress());
                assertEquals(server.getLocalSocketAddress(), client.getRemoteSocketAddress());
                assertEquals(client.getLocalSocketAddress(), server.getRemoteSocketAddress());
                assertNull(client.getChannel());
            }
        }

        @EachSetting
        void switchesAreThoseOfTheTransport(Setting setting) throws Exception {
            try (var pair = sockets(setting)) {
                var socket = pair.client();
                for (boolean on : new boolean[] {true, false}) {
                    socket.setTcpNoDelay(on);
                    assertEquals(on, socket.getTcpNoDelay());
                    assertEquals(on, socket.getOption(StandardSocketOptions.TCP_NODELAY));
                    socket.setKeepAlive(on);
                    assertEquals(on, socket.getKeepAlive());
                    socket.setReuseAddress(on);
                    assertEquals(on, socket.getReuseAddress());
                }
                socket.setPerformancePreferences(1, 2, 3);
            }
        }

        @EachSetting
        void numbersAreThoseOfTheTransport(Setting setting) throws Exception {
            try (var pair = sockets(setting)) {
                var socket = pair.client();
                assertEquals(-1, socket.getSoLinger());
                socket.setSoLinger(true, 7);
                assertEquals(7, socket.getSoLinger());
                assertThrows(IllegalArgumentException.class, () -> socket.setSoLinger(true, -1));
                socket.setSoTimeout(1234);
                assertEquals(1234, socket.getSoTimeout());
                assertThrows(IllegalArgumentException.class, () -> socket.setSoTimeout(-1));
                socket.setTrafficClass(0x10);
                assertThrows(IllegalArgumentException.class, () -> socket.setTrafficClass(256));
                assertTrue(socket.getTrafficClass() >= 0);
                socket.setSendBufferSize(20_000);
                assertTrue(socket.getSendBufferSize() >= 20_000);
                socket.setReceiveBufferSize(20_000);
                assertTrue(socket.getReceiveBufferSize() >= 20_000);
                assertThrows(IllegalArgumentException.class, () -> socket.setReceiveBufferSize(0));
                assertThrows(IllegalArgumentException.class, () -> socket.setSendBufferSize(0));
            }
        }

        @EachSetting
        void optionsByNameAreThoseOfTheTransport(Setting setting) throws Exception {
            try (var pair = sockets(setting)) {
                var socket = pair.client();
                assertTrue(socket.supportedOptions().contains(StandardSocketOptions.SO_KEEPALIVE));
                var answer = socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                assertEquals(stack().isOurs() || !setting.isLayered(), answer == socket);
                assertTrue(socket.getOption(StandardSocketOptions.SO_KEEPALIVE));
                assertTrue(socket.getKeepAlive());
                assertThrows(
                        UnsupportedOperationException.class,
                        () -> socket.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true));
            }
        }

        @EachSetting
        void urgentDataIsRefused(Setting setting) throws Exception {
            try (var pair = sockets(setting)) {
                assertThrows(SocketException.class, () -> pair.client().sendUrgentData(1));
                assertThrows(SocketException.class, () -> pair.client().setOOBInline(true));
                assertThrows(SocketException.class, () -> pair.client().getOOBInline());
                pair.handshake();
                assertThrows(SocketException.class, () -> pair.client().sendUrgentData(1));
                pair.converse(1);
            }
        }

        @EachSetting
        void optionsOfAClosedSocketAreRefused(Setting setting) throws Exception {
            try (var pair = sockets(setting)) {
                var socket = pair.client();
                socket.close();
                assertThrows(SocketException.class, socket::getTcpNoDelay);
                assertThrows(SocketException.class, () -> socket.setTcpNoDelay(true));
                assertThrows(SocketException.class, () -> socket.setSoLinger(true, 1));
                assertThrows(SocketException.class, socket::getSoTimeout);
                assertThrows(SocketException.class, () -> socket.setSoTimeout(1));
                assertThrows(SocketException.class, () -> socket.getOption(StandardSocketOptions.SO_KEEPALIVE));
                assertTrue(socket.isClosed());
                assertTrue(socket.isConnected());
                assertTrue(socket.isBound());
            }
        }

        @Test
        void connectingTimesOut() throws Exception {
            try (var full = new ServerSocket(0, 1, LOOPBACK);
                    var first = new Socket(LOOPBACK, full.getLocalPort());
                    var second = new Socket(LOOPBACK, full.getLocalPort());
                    var socket = socket()) {
                assertTrue(first.isConnected() && second.isConnected());
                assertThrows(SocketTimeoutException.class, () -> socket.connect(full.getLocalSocketAddress(), 20));
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
