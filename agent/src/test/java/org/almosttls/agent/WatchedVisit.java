package org.almosttls.agent;

import java.io.File;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** An application that asks for a page by sockets and by engines, in two versions, and each time once more. */
public final class WatchedVisit {

    private static final byte[] REQUEST = "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private WatchedVisit() {}

    /** @param arguments the folder of the trust store, whose stack, and the port at 127.0.0.1 */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[2]);
        for (String version : List.of("TLSv1.3", "TLSv1.2")) {
            SSLContext ofSockets = context(arguments[0], arguments[1]);
            SSLContext ofEngines = context(arguments[0], arguments[1]);
            for (int i = 0; i < 2; i++) {
                print(bySocket(ofSockets, port, version));
                print(byEngine(ofEngines, port, version));
            }
        }
    }

    private static void print(byte[] page) {
        System.out.println(page.length > 0 ? "page" : "nothing");
    }

    private static SSLContext context(String folder, String stack) throws Exception {
        var context = WatchedStacks.context(stack);
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(KeyStore.getInstance(new File(folder, "trust.p12"), WatchedApp.PASSWORD));
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static byte[] bySocket(SSLContext context, int port, String version) throws Exception {
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setEnabledProtocols(new String[] {version});
            socket.getOutputStream().write(REQUEST);
            return socket.getInputStream().readAllBytes();
        }
    }

    private static byte[] byEngine(SSLContext context, int port, String version) throws Exception {
        var engine = context.createSSLEngine("127.0.0.1", port);
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {version});
        try (var talk = new WatchedTalk(engine, new Socket("127.0.0.1", port))) {
            talk.say(REQUEST);
            return talk.hear();
        }
    }
}
