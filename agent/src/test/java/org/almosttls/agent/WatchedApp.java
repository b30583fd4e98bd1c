package org.almosttls.agent;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * An application that plays cases with one stack at both ends, each in threads that are named after it, and prints what
 * its two ends saw.
 */
public final class WatchedApp {

    static final char[] PASSWORD = "throw-away".toCharArray();
    private static final byte[] PING = "ping".getBytes(StandardCharsets.US_ASCII);

    private final String folder;
    private final String stack;

    private WatchedApp(String folder, String stack) {
        this.folder = folder;
        this.stack = stack;
    }

    /** @param arguments the folder of stores, {@code SunJSSE} or another provider, {@code socket} or {@code engine}, cases */
    public static void main(String[] arguments) throws Exception {
        var app = new WatchedApp(arguments[0], arguments[1]);
        for (String name : List.of(arguments).subList(3, arguments.length)) {
            var played = WatchedCase.valueOf(name);
            if (arguments[2].equals("engine")) new WatchedEngines(app.server(played), app.client(played)).play(played);
            else app.play(played);
        }
        System.out.println("providers="
                + Arrays.stream(Security.getProviders()).map(Provider::getName).collect(Collectors.joining(" ")));
    }

    private SSLContext server(WatchedCase played) throws Exception {
        return context(played.serverStore(), "trust.p12");
    }

    private SSLContext client(WatchedCase played) throws Exception {
        return context(played.isMutual() ? "client.p12" : "", played.trustStore());
    }

    private SSLContext context(String keys, String trust) throws Exception {
        SSLContext context = WatchedStacks.context(stack);
        var trusted = TrustManagerFactory.getInstance("PKIX");
        trusted.init(store(trust));
        context.init(keyManagers(keys), WatchedStacks.understood(stack, trusted.getTrustManagers()), null);
        return context;
    }

    private KeyManager[] keyManagers(String keys) throws Exception {
        if (keys.isEmpty()) return new KeyManager[0];
        var factory = WatchedStacks.keys(stack);
        factory.init(store(keys), PASSWORD);
        return factory.getKeyManagers();
    }

    private KeyStore store(String name) throws Exception {
        return KeyStore.getInstance(new File(folder, name), PASSWORD);
    }

    private void play(WatchedCase played) throws Exception {
        try (ServerSocket listening = listen(played)) {
            var serving = new Thread(() -> say(played + " server", () -> serve(played, listening)), played + " server");
            serving.start();
            var visiting = new Thread(
                    () -> say(played + " client", () -> visit(played, listening.getLocalPort())), played + " client");
            visiting.start();
            visiting.join();
            serving.join();
        }
    }

    /** Something that may go wrong. */
    interface Deed {
        void run() throws Exception;
    }

    static void say(String who, Deed deed) {
        try {
            deed.run();
            System.out.println(who + "=done");
        } catch (IOException e) {
            System.out.println(who + "=" + e.getClass().getSimpleName());
            Traces.print(who, e);
        } catch (Exception e) {
            throw new UncheckedIOException(new IOException(who, e));
        }
    }

    private ServerSocket listen(WatchedCase played) throws Exception {
        var here = InetAddress.getLoopbackAddress();
        if (isBare(played)) return new ServerSocket(0, 5, here);
        var listening =
                (SSLServerSocket) server(played).getServerSocketFactory().createServerSocket(0, 5, here);
        SSLParameters parameters = listening.getSSLParameters();
        serverParameters(played, parameters);
        listening.setSSLParameters(parameters);
        return listening;
    }

    static boolean isBare(WatchedCase played) {
        return played == WatchedCase.PLAINTEXT_SERVER || played == WatchedCase.CLOSED_AFTER_HELLO;
    }

    static void serverParameters(WatchedCase played, SSLParameters parameters) {
        parameters.setProtocols(played.serverVersions());
        parameters.setNeedClientAuth(played.asksClient());
        parameters.setApplicationProtocols(new String[] {played == WatchedCase.ALPN_DISJOINT ? "http/1.1" : "h2"});
        if (played == WatchedCase.NAME_REFUSED)
            parameters.setSNIMatchers(List.of(SNIHostName.createSNIMatcher("nobody\\.example")));
        if (played == WatchedCase.NO_COMMON_SUITE)
            parameters.setCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"});
    }

    static void clientParameters(WatchedCase played, SSLParameters parameters) {
        parameters.setProtocols(played.clientVersions());
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setServerNames(List.of(new SNIHostName("localhost.localdomain")));
        parameters.setApplicationProtocols(new String[] {"h2"});
        if (played == WatchedCase.NO_COMMON_SUITE)
            parameters.setCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"});
    }

    private void serve(WatchedCase played, ServerSocket listening) throws IOException {
        try (Socket socket = listening.accept()) {
            if (played == WatchedCase.CLOSED_AFTER_HELLO) {
                socket.getInputStream().read();
                socket.getInputStream().skip(socket.getInputStream().available());
                return;
            }
            byte[] octets = socket.getInputStream().readNBytes(PING.length);
            socket.getOutputStream()
                    .write(isBare(played) ? "HTTP/1.1 400 Bad\r\n\r\n".getBytes(StandardCharsets.US_ASCII) : octets);
            socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    private void visit(WatchedCase played, int port) throws Exception {
        if (played == WatchedCase.PLAINTEXT_CLIENT) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            }
            return;
        }
        try (var socket = (SSLSocket) client(played).getSocketFactory().createSocket("localhost", port)) {
            SSLParameters parameters = socket.getSSLParameters();
            clientParameters(played, parameters);
            socket.setSSLParameters(parameters);
            socket.getOutputStream().write(PING);
            socket.getInputStream().readNBytes(PING.length);
        }
    }
}
