package org.almosttls.agent;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** An application that connects to one port of this machine in each of the ways that it is told. */
public final class RuledApp {

    private RuledApp() {}

    /** @param arguments the port, then the ways */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        for (int i = 1; i < arguments.length; i++) {
            if (arguments[i].equals("legacy")) Legacy.connect(port);
            else connect(arguments[i], port, context());
            System.out.println(arguments[i] + "=done");
        }
    }

    /** A part of it that rules may name. */
    private static final class Legacy {

        private Legacy() {}

        static void connect(int port) throws Exception {
            RuledApp.connect("default", port, SSLContext.getDefault());
            RuledApp.connect("host", port, context());
        }
    }

    private static SSLContext context() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        return context;
    }

    private static void connect(String way, int port, SSLContext context) throws Exception {
        SSLSocketFactory factory = context.getSocketFactory();
        switch (way) {
            case "host" -> handshake((SSLSocket) factory.createSocket("localhost", port));
            case "address" -> handshake((SSLSocket) factory.createSocket(InetAddress.getLoopbackAddress(), port));
            case "layered" -> {
                Socket transport = new Socket(InetAddress.getLoopbackAddress(), port);
                handshake((SSLSocket) factory.createSocket(transport, "localhost", port, true));
            }
            case "unconnected" -> unconnected((SSLSocket) factory.createSocket(), port);
            case "default" ->
                handshake((SSLSocket) SSLSocketFactory.getDefault().createSocket("localhost", port));
            case "url" -> {
                var page = (HttpsURLConnection)
                        URI.create("https://localhost:" + port + "/").toURL().openConnection();
                page.getInputStream().readAllBytes();
            }
            default -> throw new IllegalArgumentException(way);
        }
    }

    private static void handshake(SSLSocket socket) throws Exception {
        try (socket) {
            socket.startHandshake();
        }
    }

    private static void unconnected(SSLSocket socket, int port) throws Exception {
        CompletableFuture<Socket> completed = new CompletableFuture<>();
        socket.addHandshakeCompletedListener(event -> completed.complete(event.getSocket()));
        socket.setSoTimeout(60_000);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        int local = socket.getLocalPort();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 60_000);
        handshake(socket);
        if (completed.get() != socket) throw new IllegalStateException("another socket has completed its handshake");
        if (local <= 0) throw new IllegalStateException("bound to nothing");
    }
}
