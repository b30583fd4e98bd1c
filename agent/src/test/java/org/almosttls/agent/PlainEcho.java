package org.almosttls.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Says what it hears, in plaintext; who asks for anything else is told nothing. */
final class PlainEcho implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());

    PlainEcho() throws IOException {
        var thread = new Thread(this::serve, "plain echo");
        thread.setDaemon(true);
        thread.start();
    }

    String port() {
        return Integer.toString(listening.getLocalPort());
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (var connection = listening.accept()) {
                connection.getInputStream().transferTo(connection.getOutputStream());
            } catch (IOException ended) {
                continue;
            }
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
