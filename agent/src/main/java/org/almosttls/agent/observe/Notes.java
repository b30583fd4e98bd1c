package org.almosttls.agent.observe;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import org.almosttls.event.Account;
import org.almosttls.event.ConnectionId;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.registry.HandshakeType;

/**
 * What was seen of one connection, of which nobody has heard yet. Who writes it down never waits for who reads. Of the
 * connection's id it has the number only: that one is gone with the connection, whoever still has these.
 */
final class Notes implements Account {

    private static final int MOST = 100;
    private static final int MOST_OCTETS = 1 << 18;

    private final long connection;
    private final WatchedHandshake handshake = new WatchedHandshake();
    private final Deque<Note> notes = new ArrayDeque<>();
    private Beginning beginning;
    private volatile int octets;

    private record Beginning(Instant time, long nanoTime) {}

    private record Note(long nanoTime, Seen seen) {

        int octets() {
            return seen instanceof Seen.Message message ? message.octets().length : 0;
        }

        /** What a session need not have said once it is agreed; its certificates are long, and the session has them. */
        boolean isSettled() {
            return seen instanceof Seen.Message message
                    && message.type() != HandshakeType.CLIENT_HELLO.code()
                    && message.type() != HandshakeType.SERVER_HELLO.code()
                    && message.type() != HandshakeType.SERVER_KEY_EXCHANGE.code()
                    && message.type() != HandshakeType.CERTIFICATE_REQUEST.code()
                    && message.type() != HandshakeType.SERVER_HELLO_DONE.code();
        }
    }

    /** Of the connection with this number, from now on. */
    Notes(long connection, Instant time, long nanoTime) {
        this.connection = connection;
        this.beginning = new Beginning(time, nanoTime);
    }

    /** What has been read. */
    WatchedHandshake handshake() {
        return handshake;
    }

    /** The connection begins later than these. */
    synchronized void begin(Moment moment) {
        beginning = new Beginning(moment.time(), moment.nanoTime());
    }

    synchronized void take(long nanoTime, Seen seen) {
        Note note = new Note(nanoTime, seen);
        notes.add(note);
        octets += note.octets();
    }

    /** Whether there is more than an honest peer says before it is protected. */
    synchronized boolean areMany() {
        return notes.size() >= MOST || octets >= MOST_OCTETS;
    }

    /** A handshake is done. */
    synchronized void settle() {
        notes.removeIf(Note::isSettled);
        count();
    }

    private void count() {
        int sum = 0;
        for (Note each : notes) sum += each.octets();
        octets = sum;
    }

    /** Finds out what all of it comes to, as far as that was not done yet; nobody is told. */
    void read() {
        synchronized (handshake) {
            List<Note> read = new ArrayList<>();
            try {
                for (Note next = poll(); next != null; next = poll()) {
                    long nanoTime = next.nanoTime;
                    handshake.read(next.seen, event -> read.add(new Note(nanoTime, new Seen.Event(event))));
                }
            } finally {
                putBack(read);
            }
        }
    }

    private synchronized Note poll() {
        Note next = notes.poll();
        if (next != null) octets -= next.octets();
        return next;
    }

    private synchronized void putBack(List<Note> read) {
        for (int i = read.size() - 1; i >= 0; i--) notes.addFirst(read.get(i));
        count();
    }

    @Override
    public void tell(BiConsumer<Moment, TlsEvent> to) {
        synchronized (handshake) {
            for (Note next = poll(); next != null; next = poll()) {
                Moment then = moment(next.nanoTime);
                handshake.read(next.seen, event -> to.accept(then, event));
            }
        }
    }

    private synchronized Moment moment(long nanoTime) {
        Instant time = beginning.time.plusNanos(nanoTime - beginning.nanoTime);
        return new Moment(new ConnectionId(connection), time, nanoTime);
    }

    @Override
    public int octets() {
        return octets;
    }
}
