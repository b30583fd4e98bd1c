package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.almosttls.testkit.Contexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a socket takes the peer's name from: always the caller, never a look-up in reverse. */
@Timeout(60)
class SocketNamesTest {

    private static final String NAME = "some.example";
    private static final byte[] HERE = {127, 0, 0, 1};

    /** A way to connect to a peer that the caller calls by an address, which may carry a name. */
    private interface Way {
        Socket connect(SSLSocketFactory factory, InetAddress address, int port) throws IOException;
    }

    static Stream<Way> ways() {
        return Stream.of(
                SSLSocketFactory::createSocket,
                (factory, address, port) -> factory.createSocket(address, port, address, 0),
                (factory, address, port) -> connected(factory.createSocket(), new InetSocketAddress(address, port)));
    }

    private static Socket connected(Socket socket, SocketAddress address) throws IOException {
        socket.connect(address, 10_000);
        return socket;
    }

    private static SSLSocket connect(Way way, InetAddress address) throws IOException {
        try (var listening = new ServerSocket(0, 1, InetAddress.getByAddress(HERE))) {
            var factory = Contexts.client(Contexts.OURS).getSocketFactory();
            return (SSLSocket) way.connect(factory, address, listening.getLocalPort());
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void anAddressThatCarriesANameIsCalledByIt(Way way) throws Exception {
        try (var socket = connect(way, InetAddress.getByAddress(NAME, HERE))) {
            assertEquals(
                    List.of(new SNIHostName(NAME)), socket.getSSLParameters().getServerNames());
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void anAddressWithoutANameHasNone(Way way) throws Exception {
        try (var socket = connect(way, InetAddress.getByAddress(HERE))) {
            assertNull(socket.getSSLParameters().getServerNames());
        }
    }

    @Test
    void aLayeredSocketIsToldTheName() throws Exception {
        Way way = (factory, address, port) -> factory.createSocket(new Socket(address, port), NAME, 443, true);
        try (var socket = connect(way, InetAddress.getByAddress(HERE))) {
            assertEquals(
                    List.of(new SNIHostName(NAME)), socket.getSSLParameters().getServerNames());
        }
    }
}
