package org.almosttls.agent;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** An application that asks for a page over one connection, or over several after another. */
public final class WatchedVisit {

    private WatchedVisit() {}

    /** @param arguments the folder of the trust store, whose stack, the port at 127.0.0.1, the version, and how often */
    public static void main(String[] arguments) throws Exception {
        SSLContext context = arguments[1].equals("SunJSSE")
                ? SSLContext.getInstance("TLS")
                : SSLContext.getInstance("TLS", WatchedStacks.named(arguments[1]));
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(KeyStore.getInstance(new File(arguments[0], "trust.p12"), WatchedApp.PASSWORD));
        context.init(null, trust.getTrustManagers(), null);
        for (int i = 0; i < Integer.parseInt(arguments[4]); i++)
            visit(context, Integer.parseInt(arguments[2]), arguments[3]);
    }

    private static void visit(SSLContext context, int port, String version) throws Exception {
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setEnabledProtocols(new String[] {version});
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            System.out.println(socket.getInputStream().readAllBytes().length > 0 ? "page" : "nothing");
        }
    }
}
