package org.almosttls.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Two plain sockets connected over loopback. */
public record RawPair(Socket client, Socket server) implements AutoCloseable {

    public static RawPair open() throws IOException {
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var client = new Socket(InetAddress.getLoopbackAddress(), listening.getLocalPort());
            return new RawPair(client, listening.accept());
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
