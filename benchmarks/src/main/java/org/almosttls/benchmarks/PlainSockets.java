package org.almosttls.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Sockets of an application that knows nothing of TLS. */
record PlainSockets() implements Sockets.Making {

    @Override
    public ServerSocket listen(int port, InetAddress at) throws IOException {
        return new ServerSocket(port, 1, at);
    }

    @Override
    public Socket connect(InetAddress to, int port) throws IOException {
        return new Socket(to, port);
    }
}
