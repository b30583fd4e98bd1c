package org.almosttls.agent.observe;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.almosttls.agent.weak.WeakTable;
import org.almosttls.event.Endpoint;
import org.almosttls.event.TlsEvent.Located;

/**
 * Finds where the octets of engines go, which do not know it themselves: over the one channel that has the same
 * ClientHello. RFC 8446 §4.1.2: its random is 32 octets that nobody else has; where two channels have it, somebody has
 * copied it, and nothing is told.
 */
final class Places {

    private static final int MOST = 1024;

    /** RFC 8446 §5.1 and §4: the header of the record, that of the message, legacy_version, and then the random. */
    private static final int RANDOM_AT = 5 + 4 + 2;

    private static final int RANDOM_LENGTH = 32;

    private final Map<ByteBuffer, Place> read = new HashMap<>();
    private final Map<ByteBuffer, WeakReference<WatchedConnection>> sought = new HashMap<>();
    private final WeakTable<SocketChannel, WatchedConnection> found = new WeakTable<>();

    /** Where a ClientHello has come from. */
    private static final class Place {

        private final WeakReference<SocketChannel> channel;
        private boolean ambiguous;

        Place(SocketChannel channel) {
            this.channel = new WeakReference<>(channel);
        }

        boolean isOver() {
            SocketChannel known = channel.get();
            return known == null || !known.isOpen();
        }
    }

    /** The random of the ClientHello that begins there; who calls has seen that one does. */
    private static ByteBuffer random(ByteBuffer buffer, int from) {
        ByteBuffer random = ByteBuffer.allocate(RANDOM_LENGTH);
        Octets.copy(buffer, from + RANDOM_AT, RANDOM_LENGTH, random);
        return random.flip();
    }

    /** A ClientHello has come by this channel. */
    void read(SocketChannel channel, ByteBuffer buffer, int from) {
        ByteBuffer random = random(buffer, from);
        synchronized (this) {
            Place known = read.get(random);
            if (known != null) known.ambiguous |= known.channel.get() != channel;
            else if (hasRoom()) read.put(random, new Place(channel));
        }
    }

    /** What no longer matters goes; if all of it does, what comes is not known. */
    private boolean hasRoom() {
        if (read.size() >= MOST) read.values().removeIf(Place::isOver);
        return read.size() < MOST;
    }

    /** A ClientHello has gone out by this channel. */
    void written(SocketChannel channel, ByteBuffer buffer, int from) {
        WeakReference<WatchedConnection> whose;
        synchronized (this) {
            whose = sought.isEmpty() ? null : sought.remove(random(buffer, from));
        }
        WatchedConnection connection = whose == null ? null : whose.get();
        if (connection != null) find(connection, channel);
    }

    /** A server has this ClientHello, which has come by some channel. */
    void seekReader(WatchedConnection connection, byte[] random) {
        SocketChannel channel = null;
        synchronized (this) {
            Place known = read.get(ByteBuffer.wrap(random));
            if (known != null && !known.ambiguous)
                channel = read.remove(ByteBuffer.wrap(random)).channel.get();
        }
        if (channel != null) find(connection, channel);
    }

    /** A client has this ClientHello, which will go out by some channel. */
    synchronized void seekWriter(WatchedConnection connection, byte[] random) {
        if (sought.size() >= MOST) sought.values().removeIf(each -> isSettled(each.get()));
        if (sought.size() < MOST) sought.putIfAbsent(ByteBuffer.wrap(random), new WeakReference<>(connection));
    }

    private static boolean isSettled(WatchedConnection connection) {
        return connection == null || connection.isEstablished() || connection.isClosed();
    }

    /** What goes over a channel that is about to close, null if that is nothing that was found. */
    WatchedConnection over(SocketChannel channel) {
        WatchedConnection connection = found.get(channel);
        if (connection != null) found.remove(channel);
        return connection;
    }

    private void find(WatchedConnection connection, SocketChannel channel) {
        found.put(channel, connection);
        if (connection.route().isPeerUnknown()) tell(connection, channel);
    }

    private static void tell(WatchedConnection connection, SocketChannel channel) {
        try {
            Optional<Endpoint> peer = endpoint(channel.getRemoteAddress());
            if (peer.isPresent()) connection.telling().tell(new Located(endpoint(channel.getLocalAddress()), peer));
        } catch (IOException closed) {
            // Then nobody knows any more.
            return;
        }
    }

    private static Optional<Endpoint> endpoint(SocketAddress address) {
        return Surface.Asked.endpoint(address);
    }
}
