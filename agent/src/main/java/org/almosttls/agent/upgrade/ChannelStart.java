package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.almosttls.agent.boot.ChannelBridge;

/** How a channel's connection has begun, and what has become of it. */
final class ChannelStart {

    /** Held by whoever decides. */
    final ReentrantLock lock = new ReentrantLock();

    private final Optional<Connection> connection;
    private final Below below;
    private final First first = new First();
    private volatile Course course = Course.OPEN;
    private volatile Optional<SecureChannel> secure = Optional.empty();
    /** Among those that {@link Readiness} has, and its own affair. */
    volatile int place = Readiness.NOWHERE;

    /** The network, as the channel reads it and as its socket's stream does. */
    private record Below(ChannelNetwork channel, StreamNetwork stream) {}

    private enum Course {
        OPEN,
        TAKEN,
        MUTE
    }

    /** The first bytes. */
    private static final class First {

        private final ByteBuffer looked = ByteBuffer.allocate(GivenFirst.ENOUGH);
        /** What was looked at and is the application's to read. */
        private ByteBuffer head = ByteBuffer.allocate(0);

        private volatile boolean hasHead;
        /** Null if it does not matter, as for clients. */
        private volatile GivenFirst given;
    }

    /** @param connection empty if it is not meant */
    ChannelStart(SocketChannel channel, Optional<Connection> connection) {
        ChannelNetwork network = new ChannelNetwork(channel);
        this.connection = connection;
        this.below = new Below(network, new StreamNetwork(network));
    }

    boolean isMeant() {
        return connection.isPresent();
    }

    Connection connection() {
        return connection.orElseThrow();
    }

    ChannelNetwork network() {
        return below.channel();
    }

    /** As the channel's socket has it. */
    StreamNetwork stream() {
        return below.stream();
    }

    boolean isDecided() {
        return course != Course.OPEN;
    }

    boolean isSecure() {
        return secure.isPresent();
    }

    Optional<SecureChannel> secure() {
        return secure;
    }

    /** Where the first bytes go while they are looked at. */
    ByteBuffer look() {
        return first.looked;
    }

    void secured(SecureChannel channel) {
        secure = Optional.of(channel);
        course = Course.TAKEN;
    }

    /** What the application gets first is to be seen, and what it makes of it. */
    void watch(GivenFirst given) {
        first.given = given;
    }

    boolean isWatched() {
        GivenFirst given = first.given;
        return given != null && !given.isOver();
    }

    GivenFirst given() {
        return first.given;
    }

    /** @param seen what has been read already */
    void plain(byte[] seen) {
        plain(seen, Course.TAKEN);
    }

    /** The same, and nothing may be written. */
    void silent(byte[] seen) {
        plain(seen, Course.MUTE);
    }

    private void plain(byte[] seen, Course chosen) {
        first.head = ByteBuffer.wrap(seen);
        first.hasHead = seen.length > 0;
        course = chosen;
    }

    boolean isMute() {
        return course == Course.MUTE;
    }

    /**
     * Octets, or {@link ChannelBridge#PLAIN}.
     *
     * @param further whether this is not the first buffer: then nobody waits
     */
    long read(ByteBuffer destination, boolean further) throws IOException {
        if (!isDecided()) return 0;
        if (secure.isPresent()) {
            SecureChannel channel = secure.get();
            return further && !channel.hasPlain() ? 0 : channel.read(network(), destination);
        }
        return readHead(destination);
    }

    /** The same by the stream of the channel's socket. */
    long read(byte[] destination, int offset, int length) throws IOException {
        if (!isDecided()) return 0;
        return secure.isPresent()
                ? secure.get().read(stream(), destination, offset, length)
                : first.hasHead ? readHead(ByteBuffer.wrap(destination, offset, length)) : ChannelBridge.PLAIN;
    }

    private long readHead(ByteBuffer destination) {
        if (!first.hasHead) return ChannelBridge.PLAIN;
        lock.lock();
        try {
            if (!first.head.hasRemaining()) return ChannelBridge.PLAIN;
            int count = ChannelBuffers.move(first.head, destination);
            first.hasHead = first.head.hasRemaining();
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** What a read would get that the network does not tell of. */
    Ahead ahead() {
        if (secure.isPresent()) return secure.get().ahead();
        return first.hasHead ? Ahead.SOMETHING : Ahead.NOTHING;
    }
}
