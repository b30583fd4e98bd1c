package sample.nioclient;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A non-blocking connection: each method waits in the {@code Selector}, and only for what it needs. */
final class Wire implements AutoCloseable {

    private final SocketChannel channel;
    private final Selector selector;
    private final long deadline;

    private Wire(SocketChannel channel, Selector selector, long deadline) {
        this.channel = channel;
        this.selector = selector;
        this.deadline = deadline;
    }

    /** All that is done over this wire must be done within the patience. */
    static Wire connect(String host, int port, Duration patience) throws IOException {
        var wire = new Wire(SocketChannel.open(), Selector.open(), System.nanoTime() + patience.toNanos());
        try {
            wire.channel.configureBlocking(false);
            wire.channel.register(wire.selector, 0);
            wire.connect(new InetSocketAddress(host, port));
            return wire;
        } catch (IOException e) {
            wire.close();
            throw e;
        }
    }

    private void connect(InetSocketAddress address) throws IOException {
        if (address.isUnresolved()) {
            throw new IOException("unknown host " + address.getHostString());
        }
        channel.connect(address);
        while (!channel.finishConnect()) {
            await(SelectionKey.OP_CONNECT);
        }
    }

    /** Reads at least one byte; false at the end of the stream. The buffer must have room. */
    boolean read(ByteBuffer buffer) throws IOException {
        int count = channel.read(buffer);
        while (count == 0) {
            await(SelectionKey.OP_READ);
            count = channel.read(buffer);
        }
        return count > 0;
    }

    /** Writes all of the buffer. */
    void write(ByteBuffer buffer) throws IOException {
        channel.write(buffer);
        while (buffer.hasRemaining()) {
            await(SelectionKey.OP_WRITE);
            channel.write(buffer);
        }
    }

    /** Waits until another thread calls {@link #wakeUp}; one that came before counts. */
    void awaitWakeUp() throws IOException {
        await(0);
    }

    void wakeUp() {
        selector.wakeup();
    }

    private void await(int operations) throws IOException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        channel.keyFor(selector).interestOps(operations);
        selector.select(millis);
        selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
        try (selector;
                channel) {
            channel.keyFor(selector).cancel();
        }
    }
}
