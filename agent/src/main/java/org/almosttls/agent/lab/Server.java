package org.almosttls.agent.lab;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Alice's application, or Mallory's in her place: takes orders to the end of the stream, keeps them, and says that they
 * are done; one connection after the other.
 */
final class Server implements Closeable {

    static final String ANSWER = "done\n";

    private final SSLContext tls;
    private final ServerSocket listening;
    private final List<Heard> heard = new ArrayList<>();

    Server(SSLContext tls) throws IOException {
        this.tls = tls;
        this.listening = Loopback.listen();
        Loopback.inBackground("server", this::serve);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void serve() throws IOException {
        while (!listening.isClosed()) {
            var transport = listening.accept();
            transport.setSoTimeout(Loopback.PATIENCE_MILLIS);
            transport.setTcpNoDelay(true);
            keep(answer((SSLSocket) tls.getSocketFactory().createSocket(transport, null, true)));
        }
    }

    private static Heard answer(SSLSocket socket) {
        try (socket) {
            socket.setUseClientMode(false);
            var orders = Heard.from(socket.getInputStream());
            if (orders.exception().isEmpty()) sayDone(socket);
            return orders;
        } catch (IOException e) {
            return Heard.nothing(e);
        }
    }

    /** RFC 5246 §7.2.1: in TLS 1.2 who has been told that nothing follows says the same at once, and is not heard any more. */
    private static void sayDone(SSLSocket socket) {
        try {
            socket.getOutputStream().write(ANSWER.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException closed) {
            // The orders count, answered or not.
        }
    }

    private synchronized void keep(Heard one) {
        heard.add(one);
        notifyAll();
    }

    /** What came over each connection, once so many have ended, or for as long as it is worth while waiting. */
    synchronized List<Heard> heard(int connections) throws InterruptedException {
        long end = System.nanoTime() + Loopback.PATIENCE_MILLIS * 1_000_000L;
        while (heard.size() < connections && System.nanoTime() - end < 0) wait(100);
        return List.copyOf(heard);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
