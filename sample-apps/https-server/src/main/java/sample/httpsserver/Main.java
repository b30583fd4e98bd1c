package sample.httpsserver;

import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Starts the server, says where it listens, and stops it on SIGTERM or, if asked to, at the end of stdin. */
public final class Main {

    private Main() {}

    public static void main(String... args) {
        Options options = Options.parseOrExit(args);
        try {
            run(options);
        } catch (IOException | GeneralSecurityException e) {
            System.err.println("https-server: " + e);
            System.exit(1);
        }
    }

    private static void run(Options options) throws IOException, GeneralSecurityException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port());
        HttpsServer server = HttpsServer.create(address, 0);
        ExecutorService workers = Executors.newCachedThreadPool();
        server.setHttpsConfigurator(new Tls(Tls.context(options), options.clientAuth()));
        server.setExecutor(workers);
        server.createContext("/", Pages::connection);
        server.createContext("/echo", Pages::echo);
        server.createContext("/big", Pages::big);
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(0)));

        System.out.println(
                "listening on https://localhost:" + server.getAddress().getPort() + "/");
        System.out.flush();
        if (options.untilEof()) {
            System.in.transferTo(OutputStream.nullOutputStream());
            server.stop(0);
            workers.shutdown();
        }
    }
}
