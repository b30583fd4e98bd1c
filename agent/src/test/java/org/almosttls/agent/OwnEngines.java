package org.almosttls.agent;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** A server that does TLS itself, by engines over channels, and sends back what it gets; when it makes them is as it is told. */
public final class OwnEngines {

    private static final int ROOM = 1 << 16;

    private final SSLContext tls;
    private final ServerSocketChannel listening = ServerSocketChannel.open();

    private OwnEngines(SSLContext tls) throws IOException {
        this.tls = tls;
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** @param words when it makes engines, its key store, and its password */
    public static void main(String[] words) throws Exception {
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(KeyStore.getInstance(new File(words[1]), words[2].toCharArray()), words[2].toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        var server = new OwnEngines(tls);
        System.out.println("port " + server.listening.socket().getLocalPort());
        switch (words[0]) {
            case "accepted", "registered", "read" -> server.select(words[0]);
            case "threads" -> server.waitInThreads();
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private Talk talk(SocketChannel channel) {
        return new Talk(channel, tls.createSSLEngine());
    }

    private void select(String when) throws IOException {
        Selector selector = Selector.open();
        listening.configureBlocking(false);
        listening.register(selector, SelectionKey.OP_ACCEPT);
        while (true) {
            selector.select(key -> {
                try {
                    if (key.isAcceptable()) accept(selector, when);
                    else proceed(key);
                } catch (IOException e) {
                    key.cancel();
                }
            });
        }
    }

    private void accept(Selector selector, String when) throws IOException {
        SocketChannel channel = listening.accept();
        Talk early = when.equals("accepted") ? talk(channel) : null;
        channel.configureBlocking(false);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ, early);
        if (when.equals("registered")) key.attach(talk(channel));
    }

    /** What comes first is read before there is an engine for it, if there was none before. */
    private void proceed(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        Talk known = (Talk) key.attachment();
        ByteBuffer first = ByteBuffer.allocate(known == null ? ROOM : 0);
        if (known == null && channel.read(first) <= 0) return;
        Talk talk = known == null ? talk(channel) : known;
        talk.network.put(first.flip());
        key.attach(talk);
        if (!talk.goOn()) channel.close();
    }

    private void waitInThreads() throws IOException {
        while (true) {
            SocketChannel channel = listening.accept();
            new Thread(() -> {
                        try (channel) {
                            Talk talk = talk(channel);
                            while (talk.goOn()) continue;
                        } catch (IOException e) {
                            System.out.println(e.getClass().getSimpleName());
                        }
                    })
                    .start();
        }
    }

    /** One connection. */
    private static final class Talk {

        private final SocketChannel channel;
        private final SSLEngine engine;
        private final ByteBuffer network = ByteBuffer.allocate(2 * ROOM);
        private final ByteBuffer plain = ByteBuffer.allocate(ROOM);

        Talk(SocketChannel channel, SSLEngine engine) {
            this.channel = channel;
            this.engine = engine;
            engine.setUseClientMode(false);
        }

        /** Whether there may be more. */
        boolean goOn() throws IOException {
            boolean ended = channel.read(network) < 0;
            network.flip();
            try {
                while (network.hasRemaining() && step()) continue;
            } catch (SSLException refused) {
                ended = true;
            }
            network.compact();
            while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) say(ByteBuffer.allocate(0));
            return !ended && !engine.isOutboundDone();
        }

        private boolean step() throws IOException {
            Status status = engine.unwrap(network, plain).getStatus();
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) task.run();
            while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) say(ByteBuffer.allocate(0));
            plain.flip();
            while (plain.hasRemaining()) say(plain);
            plain.clear();
            return status == Status.OK;
        }

        private void say(ByteBuffer source) throws IOException {
            ByteBuffer sealed = ByteBuffer.allocate(ROOM);
            engine.wrap(source, sealed);
            for (sealed.flip(); sealed.hasRemaining(); ) channel.write(sealed);
        }
    }
}
