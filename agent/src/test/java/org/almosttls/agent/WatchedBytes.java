package org.almosttls.agent;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * An application that prints each octet that its client and its server say: engines, and sockets with somebody between
 * them. The platform's stack gets its randomness from {@link FixedRandom}; of others, which have their own, or add the
 * time to it, it prints the header of each record.
 */
public final class WatchedBytes {

    private static final int ROUNDS = 20;
    private static final int ROOM = 1 << 16;
    private static final int HEADER = 5;

    private final String stack;
    private final SSLContext context;

    private WatchedBytes(String folder, String stack) throws Exception {
        this.stack = stack;
        if (stack.equals("SunJSSE")) Security.insertProviderAt(new FixedRandom(), 1);
        var keys = WatchedStacks.keys(stack);
        keys.init(store(folder, "server-rsa.p12"), WatchedApp.PASSWORD);
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store(folder, "trust.p12"));
        context = WatchedStacks.context(stack);
        context.init(keys.getKeyManagers(), WatchedStacks.understood(stack, trust.getTrustManagers()), null);
    }

    private static KeyStore store(String folder, String name) throws Exception {
        return KeyStore.getInstance(new File(folder, name), WatchedApp.PASSWORD);
    }

    /** @param arguments the folder of stores, and whose stack */
    public static void main(String[] arguments) throws Exception {
        var app = new WatchedBytes(arguments[0], arguments[1]);
        String before = providers();
        for (String version : List.of("TLSv1.3", "TLSv1.2", "TLSv1.2", "TLSv1.3")) {
            app.betweenEngines(version);
            // It has no sockets.
            if (!app.stack.equals("Netty")) app.betweenSockets(version);
        }
        System.out.println(before);
        System.out.println(before.equals(providers()) ? "as before" : providers());
    }

    private static String providers() {
        return Arrays.stream(Security.getProviders()).map(Provider::getName).collect(Collectors.joining(" "));
    }

    private void print(String who, byte[] said) {
        if (stack.equals("SunJSSE"))
            System.out.println(who + " " + HexFormat.of().formatHex(said));
        else System.out.println(who + " " + headers(said));
    }

    private static List<String> headers(byte[] said) {
        var headers = new ArrayList<String>();
        for (int at = 0; at < said.length; ) {
            headers.add(HexFormat.of().formatHex(said, at, at + HEADER));
            at += HEADER + ((said[at + 3] & 0xFF) << 8 | said[at + 4] & 0xFF);
        }
        return headers;
    }

    /** One engine, and what it has to say and has heard. */
    private static final class End {

        private final SSLEngine engine;
        private final ByteBuffer said = ByteBuffer.wrap(new byte[4]);
        private final ByteBuffer heard = ByteBuffer.allocate(ROOM);
        private final ByteBuffer arrived = ByteBuffer.allocate(ROOM);
        private final ByteArrayOutputStream copy = new ByteArrayOutputStream();

        End(SSLEngine engine, boolean asClient, String version) {
            this.engine = engine;
            engine.setUseClientMode(asClient);
            engine.setEnabledProtocols(new String[] {version});
        }

        void turn(ByteBuffer to) throws SSLException {
            work();
            int from = to.position();
            if (!engine.isOutboundDone()) engine.wrap(said, to);
            copy.write(to.array(), from, to.position() - from);
            work();
            arrived.flip();
            if (arrived.hasRemaining() && !engine.isInboundDone()) engine.unwrap(arrived, heard);
            arrived.compact();
        }

        private void work() {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) task.run();
        }
    }

    private void betweenEngines(String version) throws SSLException {
        var client = new End(context.createSSLEngine("localhost", 4433), true, version);
        var server = new End(context.createSSLEngine(), false, version);
        for (int i = 0; i < 2 * ROUNDS; i++) {
            client.turn(server.arrived);
            server.turn(client.arrived);
            if (i == ROUNDS) client.engine.closeOutbound();
            if (i == ROUNDS) server.engine.closeOutbound();
        }
        print("client's engine", client.copy.toByteArray());
        print("server's engine", server.copy.toByteArray());
        if (client.heard.position() < 4 || server.heard.position() < 4) throw new IllegalStateException("not heard");
    }

    private void betweenSockets(String version) throws Exception {
        var here = InetAddress.getLoopbackAddress();
        try (var listening = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 5, here);
                var between = new ServerSocket(0, 5, here)) {
            listening.setEnabledProtocols(new String[] {version});
            var serving = started("server", () -> converse((SSLSocket) listening.accept(), false));
            var passing = started("between", () -> stand(between.accept(), new Socket(here, listening.getLocalPort())));
            var socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", between.getLocalPort());
            socket.setEnabledProtocols(new String[] {version});
            converse(socket, true);
            serving.join();
            passing.join();
        }
    }

    private static Thread started(String name, WatchedApp.Deed deed) {
        var thread = new Thread(() -> WatchedApp.say(name, deed), name);
        thread.start();
        return thread;
    }

    /** Each waits for the other's end, so that nothing is lost. */
    private void converse(SSLSocket socket, boolean asClient) throws IOException {
        try (socket) {
            if (asClient) socket.getOutputStream().write(new byte[4]);
            socket.getInputStream().readNBytes(4);
            if (!asClient) socket.getOutputStream().write(new byte[4]);
            // It has but one end for both directions.
            boolean isDone = asClient && stack.equals("BCJSSE");
            if (asClient && !isDone) socket.shutdownOutput();
            if (!isDone) socket.getInputStream().readAllBytes();
        }
    }

    private void stand(Socket client, Socket server) throws Exception {
        try (client;
                server) {
            var fromServer = new ByteArrayOutputStream();
            var back = started("back", () -> pass(server, client, fromServer));
            var fromClient = new ByteArrayOutputStream();
            pass(client, server, fromClient);
            back.join();
            print("client's socket", fromClient.toByteArray());
            print("server's socket", fromServer.toByteArray());
        }
    }

    private static void pass(Socket from, Socket to, OutputStream copy) throws IOException {
        byte[] room = new byte[ROOM];
        for (int count = heard(from, room); count >= 0; count = heard(from, room)) {
            copy.write(room, 0, count);
            say(to, room, count);
        }
        say(to, room, -1);
    }

    /** RFC 9293 §3.6: one that is closed by now, and is told something, answers by a reset. */
    private static int heard(Socket from, byte[] room) throws IOException {
        try {
            return from.getInputStream().read(room);
        } catch (SocketException reset) {
            return -1;
        }
    }

    /** To one that may be closed by now. */
    private static void say(Socket to, byte[] octets, int count) throws IOException {
        try {
            if (count < 0) to.shutdownOutput();
            else to.getOutputStream().write(octets, 0, count);
        } catch (SocketException closed) {
            return;
        }
    }
}
