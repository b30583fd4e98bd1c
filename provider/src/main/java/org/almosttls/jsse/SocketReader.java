package org.almosttls.jsse;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.engine.PeerAlertException;
import org.almosttls.engine.Progress;
import org.almosttls.engine.TlsConnection;

/**
 * Takes records off a stream, one at a time and never an octet more, and keeps the application data that its caller has
 * no room for. A record that has come in part survives an exception of the stream.
 */
final class SocketReader {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int FIRST_CAPACITY = 4096;

    /** How often at most something that nobody wants any more is read before the transport is closed. */
    private static final int MAX_READS = 64;

    /** Held by whoever reads. */
    final ReentrantLock lock = new ReentrantLock();

    private final InputSource source;
    private final ByteBuffer[] destination = new ByteBuffer[1];
    /** What has come of the next record, between position and limit. */
    private ByteBuffer network = ByteBuffer.allocate(FIRST_CAPACITY).limit(0);

    private ByteBuffer unread = NOTHING;
    /** Until when, by {@code System.nanoTime}, what still comes is thrown away; empty while it is wanted. */
    private OptionalLong end = OptionalLong.empty();

    private volatile long heard;

    /** Where the stream comes from, once the transport is connected. */
    @FunctionalInterface
    interface InputSource {
        InputStream stream() throws IOException;
    }

    SocketReader(InputSource source) {
        this.source = source;
    }

    /** Octets of application data that a read would get without waiting. */
    int available() {
        return unread.remaining();
    }

    /** How many octets have come of the network. */
    long heard() {
        return heard;
    }

    /**
     * Waits for one record, unless application data is left over from the last.
     *
     * @return octets of application data, 0 if the record had none, -1 if the peer sends no more
     * @throws EOFException if the stream ends first
     */
    int read(TlsConnection connection, ByteBuffer room) throws IOException, TlsAlertException, PeerAlertException {
        if (!unread.hasRemaining()) {
            if (connection.isInboundClosed()) return -1;
            fill(connection);
            int start = room.position();
            if (receive(connection, room) != Progress.NEED_ROOM) return room.position() - start;
            receiveAside(connection);
        }
        return take(room);
    }

    /** Nothing of a record that turns out to be wrong is left to read. */
    private void receiveAside(TlsConnection connection) throws TlsAlertException, PeerAlertException {
        var aside = unread == NOTHING ? ByteBuffer.allocate(TlsConnection.MAX_PLAINTEXT) : unread;
        unread = NOTHING;
        receive(connection, aside.clear());
        unread = aside.flip();
    }

    /** Waits for one record of the handshake. */
    void receive(TlsConnection connection) throws IOException, TlsAlertException, PeerAlertException {
        lock.lock();
        try {
            fill(connection);
            receive(connection, NOTHING);
        } finally {
            lock.unlock();
        }
    }

    private int take(ByteBuffer room) {
        int octets = Math.min(room.remaining(), unread.remaining());
        int limit = unread.limit();
        room.put(unread.limit(unread.position() + octets));
        unread.limit(limit);
        return octets;
    }

    private Progress receive(TlsConnection connection, ByteBuffer room) throws TlsAlertException, PeerAlertException {
        destination[0] = room;
        try {
            return connection.receive(network, destination, 0, 1);
        } finally {
            destination[0] = NOTHING;
        }
    }

    private void fill(TlsConnection connection) throws IOException {
        if (!network.hasRemaining()) network.clear().limit(0);
        for (int missing = connection.missing(network); missing > 0; missing = connection.missing(network)) {
            requirePatience();
            makeRoom(missing);
            int count = source.stream().read(network.array(), network.limit(), missing);
            if (count < 0) throw new EOFException("SSL peer shut down incorrectly");
            network.limit(network.limit() + count);
            heard += count;
        }
    }

    private void makeRoom(int octets) {
        if (network.capacity() - network.limit() >= octets) return;
        var larger = ByteBuffer.allocate(TlsConnection.MAX_RECORD);
        network = larger.put(network).flip();
    }

    /** A peer may send its last records octet by octet. */
    private void requirePatience() throws SocketTimeoutException {
        if (end.isPresent() && System.nanoTime() - end.getAsLong() > 0)
            throw new SocketTimeoutException("the peer takes too long to part");
    }

    /**
     * Receives until the peer has said close_notify, or for long enough; nothing is read afterwards.
     *
     * @param waiting whether also what has not begun to come is waited for
     */
    void discardRecords(TlsConnection connection, long millis, boolean waiting)
            throws IOException, TlsAlertException, PeerAlertException {
        end = OptionalLong.of(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
        var sink = ByteBuffer.allocate(TlsConnection.MAX_PLAINTEXT);
        for (int reads = 0; reads < MAX_READS; reads++) {
            boolean coming =
                    waiting || network.hasRemaining() || source.stream().available() > 0;
            if (!coming || read(connection, sink.clear()) < 0) return;
        }
    }

    /** Reads away what has come, so that closing the transport does not cut what the peer has yet to read. */
    void discardAvailable() throws IOException {
        var stream = source.stream();
        var sink = new byte[TlsConnection.MAX_PLAINTEXT];
        for (int reads = 0; reads < MAX_READS && stream.available() > 0; reads++) {
            if (stream.read(sink) < 0) return;
        }
    }

    /** The same however much it is, and waits for the end of the stream, or for long enough. */
    void discardAll(long millis) throws IOException {
        long last = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        var stream = source.stream();
        var sink = new byte[TlsConnection.MAX_PLAINTEXT];
        while (System.nanoTime() - last < 0 && stream.read(sink) >= 0) {}
    }
}
