package org.almosttls.agent;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.TrustManagerFactory;

/** A client and a server with engines that were made without host and port, over channels. */
public final class WatchedChannels {

    private static final int ROOM = 1 << 16;

    private final SSLContext context;
    private final List<Thread> threads = new ArrayList<>();
    private final boolean leaves;

    private WatchedChannels(String folder, String stack, boolean leaves) throws Exception {
        this.leaves = leaves;
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store(folder, "server-ec.p12"), WatchedApp.PASSWORD);
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store(folder, "trust.p12"));
        context = WatchedStacks.context(stack);
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    }

    /**
     * @param arguments the folder of stores, and {@code direct}; {@code copied} where somebody stands between the two;
     *     {@code left} where nobody takes close_notify from an engine, and the process stays; whose stack
     */
    public static void main(String[] arguments) throws Exception {
        var app = new WatchedChannels(arguments[0], arguments[2], arguments[1].equals("left"));
        var server = listen();
        app.start("server", () -> app.converse(server.accept(), false));
        var between = listen();
        boolean direct = !arguments[1].equals("copied");
        if (!direct) app.start("between", () -> app.stand(between.accept(), SocketChannel.open(addressOf(server))));
        var met = direct ? server : between;
        app.start("client", () -> app.converse(SocketChannel.open(addressOf(met)), true));
        for (int i = 0; i < app.threads.size(); i++) app.threads.get(i).join();
        if (app.leaves) while (System.in.read() >= 0) Thread.onSpinWait();
    }

    private static ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static InetSocketAddress addressOf(ServerSocketChannel channel) throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    private static KeyStore store(String folder, String name) throws Exception {
        return KeyStore.getInstance(new File(folder, name), WatchedApp.PASSWORD);
    }

    private synchronized void start(String name, WatchedApp.Deed deed) {
        var thread = new Thread(() -> WatchedApp.say(name, deed), name);
        threads.add(thread);
        thread.start();
    }

    /** Passes on what either says. */
    private void stand(SocketChannel one, SocketChannel other) throws Exception {
        var back = new Thread(() -> WatchedApp.say("back", () -> pass(other, one)), "back");
        back.start();
        pass(one, other);
        back.join();
    }

    private static void pass(SocketChannel from, SocketChannel to) throws IOException {
        var room = ByteBuffer.allocateDirect(ROOM);
        for (int count = from.read(room); count >= 0; count = from.read(room)) {
            room.flip();
            while (room.hasRemaining()) to.write(room);
            room.clear();
        }
        to.shutdownOutput();
    }

    /** Says four octets, and hears four. */
    private void converse(SocketChannel channel, boolean asClient) throws IOException {
        SSLEngine engine = asClient ? context.createSSLEngine(null, -1) : context.createSSLEngine();
        engine.setUseClientMode(asClient);
        var said = ByteBuffer.wrap(new byte[4]);
        var heard = ByteBuffer.allocate(ROOM);
        var arrived = ByteBuffer.allocateDirect(ROOM);
        try (channel) {
            engine.beginHandshake();
            while (said.hasRemaining() || heard.position() < 4) {
                work(engine);
                boolean listens = engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP;
                if (listens || !said.hasRemaining()) hear(engine, channel, arrived, heard);
                else send(engine, channel, said);
            }
            engine.closeOutbound();
            while (!leaves && !engine.isOutboundDone()) send(engine, channel, ByteBuffer.allocate(0));
            channel.shutdownOutput();
            // RFC 9293 §3.6: what was not read when it closes may cost the peer what it has not read yet.
            while (channel.read(arrived.clear()) >= 0) Thread.onSpinWait();
        }
    }

    private static void work(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) task.run();
    }

    /** In two buffers, of which the first has it. */
    private static void send(SSLEngine engine, SocketChannel channel, ByteBuffer said) throws IOException {
        var network = ByteBuffer.allocate(ROOM);
        engine.wrap(said, network);
        network.flip();
        while (network.hasRemaining()) channel.write(new ByteBuffer[] {network, ByteBuffer.allocate(0)});
    }

    private static void hear(SSLEngine engine, SocketChannel channel, ByteBuffer arrived, ByteBuffer heard)
            throws IOException {
        arrived.flip();
        var result = engine.unwrap(arrived, heard);
        arrived.compact();
        if (result.getStatus() == Status.BUFFER_UNDERFLOW && channel.read(arrived) < 0)
            throw new IOException("too early");
    }
}
