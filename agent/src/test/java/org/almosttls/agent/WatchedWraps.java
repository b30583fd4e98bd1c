package org.almosttls.agent;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import ordinary.WrappedEngine;
import ordinary.WrappedSocket;

/** A client and a server that put one thing over another, in threads that are named after what. */
public final class WatchedWraps {

    private final SSLContext context = WatchedStacks.context("SunJSSE");

    /** What one end makes of its socket. */
    private interface Over {
        void talk(Socket socket, boolean asClient) throws IOException, GeneralSecurityException;
    }

    private WatchedWraps(String folder) throws Exception {
        var keys = WatchedStacks.keys("SunJSSE");
        keys.init(store(folder, "server-ec.p12"), WatchedApp.PASSWORD);
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store(folder, "trust.p12"));
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    }

    private static KeyStore store(String folder, String name) throws Exception {
        return KeyStore.getInstance(new File(folder, name), WatchedApp.PASSWORD);
    }

    /** @param arguments the folder of stores */
    public static void main(String[] arguments) throws Exception {
        var app = new WatchedWraps(arguments[0]);
        play("layered", (socket, asClient) -> converse(app.layered(socket, asClient), asClient));
        play("twice", (socket, asClient) -> converse(app.layered(app.layered(socket, asClient), asClient), asClient));
        play("refused", (socket, asClient) -> {
            var outer = app.layered(socket, asClient);
            var within = asClient ? SSLContext.getDefault() : app.context;
            try (var refused = layered(within, outer, asClient)) {
                refused.startHandshake();
            }
        });
        play("socket", (socket, asClient) -> converse(new WrappedSocket(app.layered(socket, asClient)), asClient));
        play("greeting", (socket, asClient) -> {
            var wrapped = new WrappedSocket(app.layered(socket, asClient));
            wrapped.startHandshake();
            converse(wrapped, asClient);
        });
        play("engine", (socket, asClient) -> {
            try (var talk = new WatchedTalk(new WrappedEngine(app.engine(asClient)), socket)) {
                talk.say(new byte[4]);
                talk.hear(4);
                talk.end();
            }
        });
    }

    private static void play(String name, Over over) throws Exception {
        try (var listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var serving = new Thread(
                    () -> WatchedApp.say(name + " server", () -> over.talk(listening.accept(), false)), name);
            serving.start();
            var visiting = new Thread(
                    () -> WatchedApp.say(
                            name + " client",
                            () -> over.talk(new Socket(listening.getInetAddress(), listening.getLocalPort()), true)),
                    name);
            visiting.start();
            visiting.join();
            serving.join();
        }
    }

    private SSLSocket layered(Socket socket, boolean asClient) throws IOException {
        return layered(context, socket, asClient);
    }

    private static SSLSocket layered(SSLContext context, Socket socket, boolean asClient) throws IOException {
        var over = (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        over.setUseClientMode(asClient);
        return over;
    }

    private SSLEngine engine(boolean asClient) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(asClient);
        return engine;
    }

    /** The server ends it, so that each hears the other's end. */
    private static void converse(SSLSocket socket, boolean asClient) throws IOException {
        try (socket) {
            InputStream in = socket.getInputStream();
            if (asClient) socket.getOutputStream().write(new byte[4]);
            in.readNBytes(4);
            if (!asClient) socket.getOutputStream().write(new byte[4]);
            if (asClient) in.read();
        }
    }
}
