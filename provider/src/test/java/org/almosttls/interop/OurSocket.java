package org.almosttls.interop;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** Our end as sockets. */
final class OurSocket implements OurEnd {

    private final Terms own;
    private final Optional<ServerSocket> listening;
    private final Closeable inTheEnd;
    private Optional<SSLSocket> socket;

    OurSocket(Terms own, Optional<ServerSocket> listening, Closeable inTheEnd) {
        this(own, listening, inTheEnd, Optional.empty());
    }

    private OurSocket(Terms own, Optional<ServerSocket> listening, Closeable inTheEnd, Optional<SSLSocket> socket) {
        this.own = own;
        this.listening = listening;
        this.inTheEnd = inTheEnd;
        this.socket = socket;
    }

    static OurEnd call(SSLContext context, Terms own, int port) throws IOException {
        var socket = (SSLSocket) context.getSocketFactory().createSocket();
        var address = InetAddress.getByAddress(own.name().orElseThrow(), Ours.LOOPBACK.getAddress());
        socket.connect(new InetSocketAddress(address, port));
        socket.setSSLParameters(Ours.change(socket.getSSLParameters(), own, true));
        return new OurSocket(own, Optional.empty(), socket, Optional.of(socket));
    }

    @Override
    public int port() {
        return listening.orElseThrow().getLocalPort();
    }

    @Override
    public void handshake() throws IOException {
        if (listening.isPresent()) accept(listening.get());
        socket.orElseThrow().setSoTimeout(Ours.PATIENCE_MILLIS);
        socket.orElseThrow().startHandshake();
    }

    private void accept(ServerSocket from) throws IOException {
        var accepted = (SSLSocket) from.accept();
        accepted.setSSLParameters(Ours.change(accepted.getSSLParameters(), own, false));
        socket = Optional.of(accepted);
    }

    @Override
    public SSLSession session() {
        return socket.orElseThrow().getSession();
    }

    @Override
    public String alpn() {
        return socket.orElseThrow().getApplicationProtocol();
    }

    @Override
    public void write(byte[] data) throws IOException {
        socket.orElseThrow().getOutputStream().write(data);
    }

    @Override
    public byte[] read(int count) throws IOException {
        return socket.orElseThrow().getInputStream().readNBytes(count);
    }

    @Override
    public void close() throws IOException {
        try (inTheEnd) {
            if (socket.isPresent()) socket.get().close();
        }
    }
}
