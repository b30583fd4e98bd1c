package org.almosttls.agent;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * An application that loads a store by itself and serves with it; while it runs, another file takes the store's name. It
 * prints whom its clients saw.
 */
public final class StoresApp {

    private static final char[] PASSWORD = "throw-away".toCharArray();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private StoresApp() {}

    /** @param arguments the store, and what becomes of it */
    public static void main(String[] arguments) throws Exception {
        var store = Path.of(arguments[0]);
        var context = contextOf(store);
        try (var server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var serving = new Thread(() -> serve(server));
            serving.setDaemon(true);
            serving.start();
            var first = shown(context, server.getLocalPort());
            System.out.println("first=" + first);
            Files.move(Path.of(arguments[1]), store, StandardCopyOption.ATOMIC_MOVE);
            long end = System.nanoTime() + PATIENCE.toNanos();
            var next = first;
            while (next.equals(first) && System.nanoTime() < end) next = shownOr(first, context, server.getLocalPort());
            System.out.println("next=" + next);
        }
    }

    private static SSLContext contextOf(Path file) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = new FileInputStream(file.toFile())) {
            store.load(in, PASSWORD);
        }
        var keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, PASSWORD);
        var trust = TrustManagerFactory.getInstance("PKIX", "SunJSSE");
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static void serve(SSLServerSocket server) {
        try {
            while (true) {
                try (Socket socket = server.accept()) {
                    socket.getOutputStream().write(socket.getInputStream().read());
                } catch (SSLException amidTheChange) {
                    // One end had looked at the file, and the other had not.
                }
            }
        } catch (IOException over) {
            // The application is at its end.
        }
    }

    private static String shownOr(String otherwise, SSLContext context, int port) throws IOException {
        try {
            return shown(context, port);
        } catch (SSLException amidTheChange) {
            return otherwise;
        }
    }

    private static String shown(SSLContext context, int port) throws IOException {
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(1);
            socket.getInputStream().read();
            var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return certificate.getSubjectX500Principal().getName();
        }
    }
}
