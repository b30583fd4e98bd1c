package org.almosttls.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collections;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** Sockets of an application that does TLS by itself; no session is taken up again. */
record TlsSockets(SSLContext context, String version) implements Sockets.Making {

    @Override
    public ServerSocket listen(int port, InetAddress at) throws IOException {
        var socket = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(port, 1, at);
        socket.setEnabledProtocols(new String[] {version});
        return socket;
    }

    @Override
    public Socket connect(InetAddress to, int port) throws IOException {
        for (byte[] id : Collections.list(context.getClientSessionContext().getIds())) {
            SSLSession known = context.getClientSessionContext().getSession(id);
            if (known != null) known.invalidate();
        }
        var socket = (SSLSocket) context.getSocketFactory().createSocket(to, port);
        socket.setEnabledProtocols(new String[] {version});
        return socket;
    }
}
