package org.almosttls.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Two sockets connected over loopback, before their handshake, and threads to work them. */
public final class SocketPair implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    });
    private final SSLSocket client;
    private final SSLSocket server;

    public SocketPair(SSLContext clientContext, SSLContext serverContext) throws IOException {
        var loopback = InetAddress.getByAddress(TestCertificates.HOST, new byte[] {127, 0, 0, 1});
        try (var listening =
                (SSLServerSocket) serverContext.getServerSocketFactory().createServerSocket(0, 1, loopback)) {
            client = (SSLSocket) clientContext.getSocketFactory().createSocket(loopback, listening.getLocalPort());
            server = (SSLSocket) listening.accept();
        }
    }

    private SocketPair(SSLSocket client, SSLSocket server) {
        this.client = client;
        this.server = server;
    }

    /** Over transports that are connected already. */
    public static SocketPair layered(SSLContext client, SSLContext server, RawPair raw, boolean autoClose)
            throws IOException {
        var ofClient = client.getSocketFactory().createSocket(raw.client(), TestCertificates.HOST, 443, autoClose);
        var ofServer = server.getSocketFactory().createSocket(raw.server(), null, autoClose);
        return new SocketPair((SSLSocket) ofClient, (SSLSocket) ofServer);
    }

    public SSLSocket client() {
        return client;
    }

    public SSLSocket server() {
        return server;
    }

    public <T> Future<T> async(Callable<T> work) {
        return threads.submit(work);
    }

    /** What another thread came to. */
    public static <T> T await(Future<T> work) throws Exception {
        try {
            return work.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Exception cause) throw cause;
            throw failed;
        } catch (TimeoutException e) {
            throw new AssertionError("still at it", e);
        }
    }

    /** Finishes the handshake at both ends. */
    public SocketPair handshake() throws Exception {
        var serving = async(() -> {
            server.startHandshake();
            return true;
        });
        client.startHandshake();
        await(serving);
        return this;
    }

    /** Question and answer, some times over. */
    public void converse(int rounds) throws Exception {
        var echo = async(() -> {
            for (int i = 0; i < rounds; i++)
                server.getOutputStream().write(server.getInputStream().read());
            return true;
        });
        for (int i = 0; i < rounds; i++) {
            client.getOutputStream().write(i);
            assertEquals(i, client.getInputStream().read());
        }
        await(echo);
    }

    /** How a handshake that must fail ends on either side. */
    public record Failures(Optional<IOException> client, Optional<IOException> server) {}

    /** Tries the handshake; each end goes on to read one octet, so that both learn how it ended. */
    public Failures failures() throws Exception {
        var serving = async(() -> failureOf(server));
        var ofClient = failureOf(client);
        return new Failures(ofClient, await(serving));
    }

    private static Optional<IOException> failureOf(SSLSocket socket) {
        try {
            socket.startHandshake();
            socket.getInputStream().read();
            return Optional.empty();
        } catch (IOException failed) {
            return Optional.of(failed);
        }
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        client.close();
        server.close();
    }
}
