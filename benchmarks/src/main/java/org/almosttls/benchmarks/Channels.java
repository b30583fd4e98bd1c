package org.almosttls.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Both ends of a connection of channels that do not wait; the server's has a selector that waits for what it reads. */
final class Channels implements AutoCloseable {

    /** How an application writes and reads: by the channel's methods, or by those of an engine over it. */
    interface End {

        int write(ByteBuffer source) throws IOException;

        int read(ByteBuffer destination) throws IOException;

        /** Whether a read would get something that the channel does not know of. */
        boolean isReadable();
    }

    /** Makes one of a channel. */
    interface Making {
        End over(SocketChannel channel, boolean isClient) throws IOException;
    }

    private static final int ROOM = 1 << 15;

    private final SocketChannel clientChannel;
    private final SocketChannel serverChannel;
    private final End client;
    private final End server;
    private final Selector selector = Selector.open();

    Channels(Making making, int port) throws IOException {
        try (ServerSocketChannel listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            clientChannel = SocketChannel.open(listening.getLocalAddress());
            serverChannel = listening.accept();
        }
        for (SocketChannel each : new SocketChannel[] {clientChannel, serverChannel}) {
            each.setOption(StandardSocketOptions.TCP_NODELAY, true);
            each.configureBlocking(false);
        }
        client = making.over(clientChannel, true);
        server = making.over(serverChannel, false);
        serverChannel.register(selector, SelectionKey.OP_READ);
        shakeHands();
    }

    /** Each says an octet, so that whatever has to be is done. */
    private void shakeHands() throws IOException {
        exchange(client, server);
        exchange(server, client);
    }

    private static void exchange(End from, End to) throws IOException {
        ByteBuffer octet = ByteBuffer.allocate(1);
        ByteBuffer come = ByteBuffer.allocate(ROOM);
        while (come.position() == 0) {
            if (octet.hasRemaining()) from.write(octet);
            to.read(come);
            // A handshake goes both ways.
            if (come.position() == 0) from.read(ByteBuffer.allocate(ROOM));
        }
    }

    /** @param destination with some room more, since engines guess how much they need */
    void transfer(ByteBuffer source, ByteBuffer destination) throws IOException {
        int length = source.remaining();
        while (source.hasRemaining()) client.write(source);
        while (destination.position() < length) {
            if (!server.isReadable()) selector.select();
            selector.selectedKeys().clear();
            server.read(destination);
        }
    }

    @Override
    public void close() throws IOException {
        clientChannel.close();
        serverChannel.close();
        selector.close();
    }
}
