package sample.jettysite;

import java.io.OutputStream;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Starts the site, says where it listens, and stops it on SIGTERM or, if asked to, at the end of stdin. */
public final class Main {

    private Main() {}

    public static void main(String... args) {
        Options options = Options.parseOrExit(args);
        try {
            run(options);
        } catch (Exception e) {
            // Jetty declares no narrower one.
            System.err.println("jetty-site: " + e);
            System.exit(1);
        }
    }

    private static void run(Options options) throws Exception {
        Server server = new Server();
        ServerConnector https = Https.connector(server, options);
        server.addConnector(https);
        server.setHandler(new Pages());
        server.setStopAtShutdown(true);
        server.start();

        System.out.println("listening on https://localhost:" + https.getLocalPort() + "/");
        System.out.flush();
        if (options.untilEof()) {
            System.in.transferTo(OutputStream.nullOutputStream());
            server.stop();
        }
    }
}
