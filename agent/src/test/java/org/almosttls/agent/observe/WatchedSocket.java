package org.almosttls.agent.observe;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.almosttls.agent.boot.Observer.Call;

/** A client of the platform's over a socket, watched as advice has it, that has done a handshake. */
final class WatchedSocket implements AutoCloseable {

    private final Observation observation;
    private final Transport transport;
    private final SSLSocket client;
    private final Socket server;
    private final InputStream in;
    private final OutputStream out;

    private WatchedSocket(Observation observation, SSLContext context, String version) throws Exception {
        this.observation = observation;
        this.transport = new Transport(observation);
        try (ServerSocket listening =
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Socket> accepted = CompletableFuture.supplyAsync(() -> accept(listening));
            transport.connect(listening.getLocalSocketAddress());
            client = (SSLSocket)
                    context.getSocketFactory().createSocket(transport, "localhost", listening.getLocalPort(), true);
            client.setEnabledProtocols(new String[] {version});
            observation.made(client);
            Object entered = observation.enters(client);
            client.startHandshake();
            observation.leaves(entered, Call.HANDSHAKE, 0, null);
            server = accepted.get();
        }
        in = client.getInputStream();
        out = client.getOutputStream();
        observation.stream(client, in);
        observation.stream(client, out);
    }

    static WatchedSocket handshaken(Observation observation, String version) throws Exception {
        return new WatchedSocket(observation, WatchedPair.context(), version);
    }

    private static Socket accept(ServerSocket listening) {
        try {
            SSLSocket socket = (SSLSocket) listening.accept();
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As if its stream had written it. */
    void writes(byte[] record, int octets) {
        Object entered = observation.enters(out);
        observation.sent(transport, record, 0, record.length);
        observation.leaves(entered, Call.WRITE, octets, null);
    }

    /** As if its stream had read it, the header first. */
    void reads(byte[] record, int octets) {
        Object entered = observation.enters(in);
        observation.received(transport, record, 0, 5);
        observation.received(transport, record, 5, record.length - 5);
        observation.leaves(entered, Call.READ, octets, null);
    }

    @Override
    public void close() throws IOException {
        Object entered = observation.enters(client);
        client.close();
        observation.leaves(entered, Call.CLOSE, 0, null);
        server.close();
    }

    /** Tells what goes by, as the platform's innards do. */
    private static final class Transport extends Socket {

        private final Observation observation;

        Transport(Observation observation) {
            this.observation = observation;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read(byte[] octets, int offset, int length) throws IOException {
                    int count = super.read(octets, offset, length);
                    observation.received(Transport.this, octets, offset, count);
                    return count;
                }
            };
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] octets, int offset, int length) throws IOException {
                    out.write(octets, offset, length);
                    observation.sent(Transport.this, octets, offset, length);
                }
            };
        }
    }
}
