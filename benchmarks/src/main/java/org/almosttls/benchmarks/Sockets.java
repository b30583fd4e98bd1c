package org.almosttls.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A server and its client in one JVM, which first say one octet to each other, so that whatever has to be is done. */
final class Sockets implements AutoCloseable {

    /** What a server listens on, and a client connects to, each by the means of its own TLS or without. */
    interface Making {

        ServerSocket listen(int port, InetAddress at) throws IOException;

        Socket connect(InetAddress to, int port) throws IOException;
    }

    private final Making making;
    private final ServerSocket listening;
    private final ExecutorService serving = Executors.newSingleThreadExecutor(Sockets::daemon);

    /** @param port 0 for any */
    Sockets(Making making, int port) throws IOException {
        this.making = making;
        this.listening = making.listen(port, InetAddress.getLoopbackAddress());
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "server");
        thread.setDaemon(true);
        return thread;
    }

    /** Both ends of a connection, and the streams from the one to the other. */
    record Pair(Socket client, Socket server, OutputStream out, InputStream in) implements AutoCloseable {

        void transfer(byte[] source, byte[] destination, int length) throws IOException {
            out.write(source, 0, length);
            if (in.readNBytes(destination, 0, length) != length) throw new IOException("cut off");
        }

        @Override
        public void close() throws IOException {
            client.close();
            server.close();
        }
    }

    Pair pair() throws IOException {
        Future<Socket> accepted = serving.submit(this::accept);
        Socket client = making.connect(listening.getInetAddress(), listening.getLocalPort());
        client.setTcpNoDelay(true);
        client.getOutputStream().write(1);
        if (client.getInputStream().read() != 1) throw new IOException("no answer");
        try {
            Socket server = accepted.get();
            return new Pair(client, server, client.getOutputStream(), server.getInputStream());
        } catch (InterruptedException | ExecutionException failed) {
            throw new IOException(failed);
        }
    }

    private Socket accept() throws IOException {
        Socket server = listening.accept();
        server.setTcpNoDelay(true);
        server.getOutputStream().write(server.getInputStream().read());
        return server;
    }

    /** The thread stays, so that its time is counted. */
    @Override
    public void close() throws IOException {
        listening.close();
    }
}
