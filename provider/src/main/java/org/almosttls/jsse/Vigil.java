package org.almosttls.jsse;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.Clock;
import org.almosttls.engine.PeerAlertException;
import org.almosttls.engine.TlsConnection;

/**
 * How a thread waits for data where heartbeats are agreed on (RFC 6520): in slices of the transport's time-out, between
 * which it asks a silent peer for a sign of life, and ends the connection with one that stays silent. It is the thread
 * of the application that does so; there is no other. Heartbeats are not the data that the application's own time-out
 * waits for.
 */
final class Vigil {

    /** How many octets a peer has to repeat. */
    private static final int PAYLOAD = 16;

    /** How long at most to wait before looking whether another thread has read the answer. */
    private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final Duration LONGEST = Duration.ofDays(365);

    /** Instead of a count of octets, or -1 for the end: nothing came. */
    private static final int SILENCE = -2;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ReadTimeout timeout;
    private final SocketReader reader;
    private final Clock clock;
    private final AtomicBoolean askedMeanwhile = new AtomicBoolean();
    private volatile long interval;
    /** How many octets had come when the peer was asked last. */
    private volatile long heardBefore;
    /** How long somebody has waited since the peer was last heard of or asked; under the reader's lock. */
    private long silence;

    /** Does what a record has provoked, and sends what waits to be sent. */
    @FunctionalInterface
    interface Answering {
        void run(TlsConnection connection) throws IOException, TlsAlertException;
    }

    Vigil(ReadTimeout timeout, SocketReader reader, Clock clock) {
        this.timeout = timeout;
        this.reader = reader;
        this.clock = clock;
    }

    /** How long a peer may be silent before it is asked; zero for any length of time. */
    void every(Duration idle) {
        interval = nanos(idle);
    }

    private static long nanos(Duration time) {
        return (time.compareTo(LONGEST) < 0 ? time : LONGEST).toNanos();
    }

    /** Whether waiting for this connection is more than a read of its transport. */
    boolean isKept(TlsConnection connection) throws IOException {
        return connection.pulse().isAgreed() && (interval > 0 || timeout.millis() > 0);
    }

    /** Whether the peer is asked now, by the application. */
    boolean ask(TlsConnection connection, int payloadLength, Answering answering)
            throws IOException, TlsAlertException {
        if (!send(connection, payloadLength, answering)) return false;
        askedMeanwhile.set(true);
        return true;
    }

    private boolean send(TlsConnection connection, int payloadLength, Answering answering)
            throws IOException, TlsAlertException {
        long before = reader.heard();
        if (!connection.pulse().ask(payloadLength)) return false;
        heardBefore = before;
        answering.run(connection);
        return true;
    }

    /** Octets of application data, at least one; or -1 if the peer sends no more. Under the reader's lock. */
    int read(TlsConnection connection, ByteBuffer room, Answering answering)
            throws IOException, TlsAlertException, PeerAlertException {
        long patience = TimeUnit.MILLISECONDS.toNanos(timeout.beginSlices());
        try {
            return read(connection, room, answering, patience == 0 ? Long.MAX_VALUE : patience);
        } finally {
            timeout.endSlices();
        }
    }

    private int read(TlsConnection connection, ByteBuffer room, Answering answering, long patience)
            throws IOException, TlsAlertException, PeerAlertException {
        long spent = 0;
        while (spent < patience) {
            long before = clock.nanoTime();
            long beats = connection.pulse().received();
            long heard = reader.heard();
            int count = await(connection, room, patience - spent);
            if (count != 0 && count != SILENCE) return count;
            long waited = clock.nanoTime() - before;
            if (count == SILENCE) {
                boolean silent = reader.heard() == heard;
                spent = silent ? spent + waited : 0;
                silence = silent ? silence + waited : 0;
                rouse(connection, answering);
            } else {
                answering.run(connection);
                // Whoever waits for data waits no longer because of heartbeats.
                spent = connection.pulse().received() == beats ? 0 : spent + waited;
                silence = 0;
            }
        }
        throw new SocketTimeoutException("Read timed out");
    }

    /** As the reader reads, for no longer than is left; SILENCE if nothing came, or not all of a record. */
    private int await(TlsConnection connection, ByteBuffer room, long left)
            throws IOException, TlsAlertException, PeerAlertException {
        long nanos = interval > 0 ? Math.min(left, interval - silence) : left;
        int millis = (int) Math.min(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999)), Integer.MAX_VALUE);
        long before = clock.nanoTime();
        timeout.slice(millis);
        try {
            return reader.read(connection, room);
        } catch (SocketTimeoutException quiet) {
            // A transport may have reasons of its own to stop.
            boolean own = TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - before) < millis - 1;
            if (own) throw quiet;
            return SILENCE;
        }
    }

    /** RFC 6520 §3: asks once, since the transport repeats what is lost; gives up if that was of no use. */
    private void rouse(TlsConnection connection, Answering answering) throws IOException, TlsAlertException {
        if (interval == 0 || silence < interval) return;
        silence = 0;
        // What somebody else has asked may have been asked just now.
        if (askedMeanwhile.getAndSet(false)) return;
        if (owes(connection)) throw connection.pulse().giveUp();
        // Who has sent something else is alive; its answer to the question of before is not waited for any more.
        connection.pulse().stop();
        send(connection, PAYLOAD, answering);
    }

    /** Whether the peer gives a sign of life, if it owes one; reads if no other thread does. */
    boolean awaitSign(TlsConnection connection, Duration limit, Answering answering)
            throws IOException, TlsAlertException, PeerAlertException {
        long last = clock.nanoTime() + nanos(limit);
        boolean open = true;
        while (open && owes(connection)) {
            long left = last - clock.nanoTime();
            if (left <= 0) return false;
            if (!tryLock(Math.min(left, GLANCE_NANOS))) continue;
            try {
                if (owes(connection)) open = listen(connection, left, answering);
            } finally {
                reader.lock.unlock();
            }
        }
        return open;
    }

    /** Nothing of this connection has come since the peer was asked. */
    private boolean owes(TlsConnection connection) {
        return connection.pulse().isDue() && reader.heard() == heardBefore;
    }

    /** Takes one record, if one comes; application data stays for the next read. Whether there may be more. */
    private boolean listen(TlsConnection connection, long left, Answering answering)
            throws IOException, TlsAlertException, PeerAlertException {
        if (reader.available() > 0) {
            // What came before the question must be read before the answer can be; by another thread, then.
            LockSupport.parkNanos(Math.min(left, GLANCE_NANOS));
            return true;
        }
        timeout.beginSlices();
        try {
            int count = await(connection, NOTHING, left);
            if (count == 0) answering.run(connection);
            return count != -1;
        } finally {
            timeout.endSlices();
        }
    }

    private boolean tryLock(long nanos) throws InterruptedIOException {
        try {
            return reader.lock.tryLock(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a heartbeat");
        }
    }
}
