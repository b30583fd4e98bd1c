package org.almosttls.jsse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import org.almosttls.registry.Role;

/** Listening sockets of a context. */
final class AlmostSslServerSocketFactory extends SSLServerSocketFactory {

    /** The platform's. */
    private static final int DEFAULT_BACKLOG = 50;

    private final ContextMeans means;

    AlmostSslServerSocketFactory(ContextMeans means) {
        this.means = means;
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new AlmostSslServerSocket(means);
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return createServerSocket(port, DEFAULT_BACKLOG, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return createServerSocket(port, backlog, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress local) throws IOException {
        var socket = new AlmostSslServerSocket(means);
        try {
            socket.bind(new InetSocketAddress(local, port), backlog);
            return socket;
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return means.preferences().cipherSuites(Role.SERVER).toArray(new String[0]);
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return means.preferences().supportedSuites();
    }
}
