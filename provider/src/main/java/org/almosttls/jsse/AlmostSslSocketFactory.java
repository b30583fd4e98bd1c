package org.almosttls.jsse;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.almosttls.registry.Role;

/** Client sockets of a context, and sockets over the caller's own. */
final class AlmostSslSocketFactory extends SSLSocketFactory {

    private final ContextMeans means;

    AlmostSslSocketFactory(ContextMeans means) {
        this.means = means;
    }

    @Override
    public Socket createSocket() {
        return new AlmostSslSocket(means);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(Optional.empty(), new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port) throws IOException {
        return connected(Optional.empty(), new InetSocketAddress(address, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return connected(Optional.of(new InetSocketAddress(local, localPort)), new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) throws IOException {
        return connected(Optional.of(new InetSocketAddress(local, localPort)), new InetSocketAddress(address, port));
    }

    private Socket connected(Optional<InetSocketAddress> local, InetSocketAddress remote) throws IOException {
        var socket = new AlmostSslSocket(means);
        try {
            if (local.isPresent()) socket.bind(local.get());
            socket.connect(remote, 0);
            return socket;
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }

    /** @param host the peer's name for SNI and the host-name check, may be null */
    @Override
    public Socket createSocket(Socket transport, String host, int port, boolean autoClose) throws IOException {
        var socket = AlmostSslSocket.layered(means, Role.CLIENT, transport, Optional.empty(), autoClose);
        return host == null || host.isEmpty() ? socket : socket.meetBehindTransport(host, port);
    }

    /** A server's socket; {@code consumed} may be null. */
    @Override
    public Socket createSocket(Socket transport, InputStream consumed, boolean autoClose) throws IOException {
        return AlmostSslSocket.layered(means, Role.SERVER, transport, Optional.ofNullable(consumed), autoClose);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return means.preferences().cipherSuites(Role.CLIENT).toArray(new String[0]);
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return means.preferences().supportedSuites();
    }
}
