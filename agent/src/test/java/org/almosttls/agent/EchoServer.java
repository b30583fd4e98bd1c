package org.almosttls.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Says what it hears, behind the platform's TLS. */
final class EchoServer implements AutoCloseable {

    private static final String PASSWORD = "throw-away";

    private final SSLServerSocket listening;

    /** @param keys of the key store of an {@link HttpsPage} */
    EchoServer(Path keys) throws Exception {
        var context = SSLContext.getInstance("TLS");
        var factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
        context.init(factory.getKeyManagers(), null, null);
        listening = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        start(this::serve);
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "echo");
        thread.setDaemon(true);
        thread.start();
    }

    String port() {
        return Integer.toString(listening.getLocalPort());
    }

    private void serve() {
        try {
            for (; ; ) {
                var connection = listening.accept();
                start(() -> echo(connection));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private static void echo(Socket connection) {
        try (connection) {
            connection.getInputStream().transferTo(connection.getOutputStream());
        } catch (IOException ended) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
