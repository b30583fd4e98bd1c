package org.almosttls.agent.choice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.agent.options.End;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DividedTlsTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final String OURS = "org.almosttls.jsse";
    private static final String PLATFORMS = "sun.security.ssl";

    /** Ours, but for one port. */
    private static SSLContext except(int port) throws Exception {
        return divided(ends -> ends.stream().noneMatch(end -> end.port() == port));
    }

    private static SSLContext divided(Choice choice) throws Exception {
        SSLContext divided = new DividedTls(
                SSLContext.getInstance("TLS", new AlmostTlsProvider()),
                SSLContext.getInstance("TLS", "SunJSSE"),
                choice);
        divided.init(null, null, null);
        return divided;
    }

    private static String stackOf(Object object) {
        if (object instanceof StandIn undecided) return stackOf(undecided.socket());
        return object.getClass().getPackageName();
    }

    @Test
    void aSocketIsOfTheStackThatIsChosenForItsPeer() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, HERE)) {
            int port = server.getLocalPort();
            for (int excepted : new int[] {port, 1}) {
                var factory = except(excepted).getSocketFactory();
                String expected = excepted == port ? PLATFORMS : OURS;
                List<Socket> sockets = List.of(
                        factory.createSocket("localhost", port),
                        factory.createSocket("localhost", port, HERE, 0),
                        factory.createSocket(HERE, port),
                        factory.createSocket(HERE, port, HERE, 0),
                        factory.createSocket(new Socket(HERE, port), "localhost", port, true),
                        factory.createSocket(new Socket(HERE, port), new ByteArrayInputStream(new byte[0]), true));
                for (Socket socket : sockets) {
                    assertEquals(expected, stackOf(socket));
                    ((SSLSocket) socket).setUseClientMode(true);
                    socket.setSoLinger(true, 0);
                    socket.close();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUnconnectedSocketIsDecidedWhenItConnectsAndKeepsWhatItWasTold(boolean ours) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, HERE)) {
            SSLContext divided = except(ours ? 1 : server.getLocalPort());
            try (SSLSocket socket = (SSLSocket) divided.getSocketFactory().createSocket()) {
                socket.setSoTimeout(1234);
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setProtocols(new String[] {"TLSv1.2"});
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.bind(new InetSocketAddress(HERE, 0));
                int local = socket.getLocalPort();
                socket.connect(server.getLocalSocketAddress());
                assertEquals(ours ? OURS : PLATFORMS, stackOf(socket));
                assertEquals(local, socket.getLocalPort());
                assertEquals(1234, socket.getSoTimeout());
                assertArrayEquals(new String[] {"TLSv1.2"}, socket.getEnabledProtocols());
                assertEquals("HTTPS", socket.getSSLParameters().getEndpointIdentificationAlgorithm());
                socket.setSoLinger(true, 0);
            }
        }
    }

    @Test
    void anUndecidedSocketThatIsClosedIsClosed() throws Exception {
        SSLSocket socket = (SSLSocket) except(1).getSocketFactory().createSocket();
        socket.close();
        assertTrue(socket.isClosed());
        assertThrows(IOException.class, () -> socket.connect(new InetSocketAddress(HERE, 1)));
    }

    @Test
    void aListenerThatWasNeverAddedCannotBeRemoved() throws Exception {
        try (SSLSocket socket = (SSLSocket) except(1).getSocketFactory().createSocket()) {
            socket.addHandshakeCompletedListener(event -> {});
            assertThrows(IllegalArgumentException.class, () -> socket.removeHandshakeCompletedListener(event -> {}));
        }
    }

    @Test
    void aListeningSocketIsDecidedByItsPort() throws Exception {
        var factory = except(-1).getServerSocketFactory();
        try (ServerSocket bound = factory.createServerSocket(0, 1, HERE)) {
            assertEquals(OURS, stackOf(bound));
        }
        SSLContext never = divided(ends -> ends.isEmpty());
        try (ServerSocket bound = never.getServerSocketFactory().createServerSocket(0, 1, HERE)) {
            assertEquals(PLATFORMS, stackOf(bound));
        }
    }

    @Test
    void anUnboundListeningSocketIsDecidedWhenItIsBound() throws Exception {
        for (boolean ours : new boolean[] {true, false}) {
            SSLContext divided = divided(ends -> ends.isEmpty() || ours);
            try (SSLServerSocket server =
                    (SSLServerSocket) divided.getServerSocketFactory().createServerSocket()) {
                server.setNeedClientAuth(true);
                assertFalse(server.isBound());
                server.bind(new InetSocketAddress(HERE, 0), 1);
                assertTrue(server.isBound());
                assertTrue(server.getNeedClientAuth());
                try (Socket client = new Socket(HERE, server.getLocalPort());
                        Socket accepted = server.accept()) {
                    assertEquals(ours ? OURS : PLATFORMS, stackOf(accepted));
                    client.setSoLinger(true, 0);
                }
            }
        }
    }

    @Test
    void anEngineIsDecidedByThePeerThatItIsMadeFor() throws Exception {
        SSLContext divided = except(5432);
        assertEquals(PLATFORMS, stackOf(divided.createSSLEngine("db.example.org", 5432)));
        assertEquals(OURS, stackOf(divided.createSSLEngine("db.example.org", 443)));
        assertEquals(OURS, stackOf(divided.createSSLEngine()));
        assertEquals(
                PLATFORMS,
                stackOf(divided(ends -> ends.contains(new End("x", 1))).createSSLEngine()));
    }

    @Test
    void whatIsOfferedToTheApplicationBothStacksKnow() throws Exception {
        SSLContext divided = except(1);
        List<String> platforms =
                List.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
        for (String suite : divided.getSocketFactory().getSupportedCipherSuites())
            assertTrue(platforms.contains(suite), suite);
        try (SSLSocket socket = (SSLSocket) divided.getSocketFactory().createSocket()) {
            socket.setEnabledCipherSuites(socket.getSupportedCipherSuites());
            socket.setSSLParameters(divided.getDefaultSSLParameters());
            socket.setEnabledProtocols(new String[] {"TLSv1.3"});
            assertThrows(IllegalArgumentException.class, () -> socket.setEnabledProtocols(new String[] {"TLSv9"}));
        }
    }

    @Test
    void sessionsAreBoundedAlike() throws Exception {
        var sessions = except(1).getClientSessionContext();
        sessions.setSessionCacheSize(7);
        sessions.setSessionTimeout(8);
        assertEquals(7, sessions.getSessionCacheSize());
        assertEquals(8, sessions.getSessionTimeout());
        assertFalse(sessions.getIds().hasMoreElements());
    }
}
