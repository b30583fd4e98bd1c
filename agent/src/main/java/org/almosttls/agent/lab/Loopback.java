package org.almosttls.agent.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

/** The lab's network and threads: nothing leaves this machine, nothing waits for ever, nothing outlives the lab. */
final class Loopback {

    /** How long a read may take. */
    static final int PATIENCE_MILLIS = 5000;

    private static final int BACKLOG = 50;

    /** Work that ends with its sockets. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    private Loopback() {}

    /** On a port of the system's choice. */
    static ServerSocket listen() throws IOException {
        var socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    static Socket connect(int port) throws IOException {
        var socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        return socket;
    }

    /** Completes when the work has ended, in whatever way. */
    static CompletableFuture<Void> inBackground(String name, Work work) {
        var end = new CompletableFuture<Void>();
        var thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // Its sockets were closed: the attack is over.
                    } finally {
                        end.complete(null);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return end;
    }
}
