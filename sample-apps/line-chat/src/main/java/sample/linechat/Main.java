package sample.linechat;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLServerSocket;

/** Runs one of the two ends. */
public final class Main {

    private Main() {}

    public static void main(String... args) {
        Options options = Options.parseOrExit(args);
        try {
            if (options.server()) {
                serve(options);
            } else {
                ChatClient.chat(options.host(), options.port(), options.name());
            }
        } catch (IOException | GeneralSecurityException e) {
            System.err.println("line-chat: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void serve(Options options) throws IOException, GeneralSecurityException {
        SSLServerSocket socket = Tls.listen(options);
        var server = new ChatServer(socket);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        System.out.println("listening on localhost:" + socket.getLocalPort());
        System.out.flush();
        if (options.untilEof()) {
            new Thread(server::run).start();
            System.in.transferTo(OutputStream.nullOutputStream());
            server.close();
        } else {
            server.run();
        }
    }
}
