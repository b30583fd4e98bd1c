package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** How a channel's connection has begun, and what has become of it. */
final class ChannelStart {

    /** Held by whoever decides. */
    final ReentrantLock lock = new ReentrantLock();

    private final Optional<Connection> connection;
    private volatile Course course = Course.OPEN;
    private volatile Optional<SecureChannel> secure = Optional.empty();
    /** What was looked at and is the application's to read. */
    private ByteBuffer head = ByteBuffer.allocate(0);

    private volatile boolean hasHead;
    private final ByteBuffer looked = ByteBuffer.allocate(FirstBytes.ENOUGH);

    private enum Course {
        OPEN,
        TAKEN,
        MUTE
    }

    private ChannelStart(Optional<Connection> connection) {
        this.connection = connection;
    }

    /** @param connection empty if it is not meant */
    static ChannelStart of(Optional<Connection> connection) {
        return new ChannelStart(connection);
    }

    boolean isMeant() {
        return connection.isPresent();
    }

    Connection connection() {
        return connection.orElseThrow();
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
        return looked;
    }

    void secured(SecureChannel channel) {
        secure = Optional.of(channel);
        course = Course.TAKEN;
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
        head = ByteBuffer.wrap(seen);
        hasHead = seen.length > 0;
        course = chosen;
    }

    boolean isMute() {
        return course == Course.MUTE;
    }

    /**
     * Octets, or null to let the platform's code read.
     *
     * @param further whether this is not the first buffer: then nobody waits
     */
    Integer read(SecureChannel.Network network, ByteBuffer destination, boolean further) throws IOException {
        if (!isDecided()) return 0;
        if (secure.isPresent()) {
            SecureChannel channel = secure.get();
            return further && !channel.hasPlain() ? 0 : (Integer) channel.read(network, destination);
        }
        return hasHead ? readHead(destination) : null;
    }

    private Integer readHead(ByteBuffer destination) {
        lock.lock();
        try {
            if (!head.hasRemaining()) return null;
            int count = ChannelBuffers.move(head, destination);
            hasHead = head.hasRemaining();
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** What a read would get that the network does not tell of. */
    SecureChannel.Ahead ahead() {
        if (secure.isPresent()) return secure.get().ahead();
        return hasHead ? SecureChannel.Ahead.SOMETHING : SecureChannel.Ahead.NOTHING;
    }
}
