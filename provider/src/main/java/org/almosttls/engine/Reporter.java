package org.almosttls.engine;

import java.util.concurrent.atomic.AtomicBoolean;
import org.almosttls.config.Clock;
import org.almosttls.event.ConnectionId;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEventListener;

/**
 * Tells one connection's events to its listener, with id and time, until the connection is over. A listener that
 * throws is dropped, never the connection.
 */
final class Reporter {

    private final ConnectionId id = ConnectionId.next();
    private final Clock clock;
    private final AtomicBoolean over = new AtomicBoolean();
    private final boolean tellsRecords;
    private volatile TlsEventListener listener;

    Reporter(TlsEventListener listener, Clock clock) {
        this.listener = listener;
        this.clock = clock;
        this.tellsRecords = wants(TlsEventListener.Kind.RECORD);
    }

    boolean wants(TlsEventListener.Kind kind) {
        try {
            return listener.wants(kind);
        } catch (RuntimeException | LinkageError broken) {
            listener = TlsEventListener.none();
            return false;
        }
    }

    /** Whether records are worth an event each; asked once, because the data path asks. */
    boolean tellsRecords() {
        return tellsRecords;
    }

    void report(TlsEvent event) {
        if (!over.get()) tell(event);
    }

    /** Tells the last event; only the first of several counts. */
    void reportLast(TlsEvent.Closed event) {
        if (over.compareAndSet(false, true)) tell(event);
    }

    private void tell(TlsEvent event) {
        var kind = event instanceof TlsEvent.SecretDerived
                ? TlsEventListener.Kind.SECRET
                : event instanceof TlsEvent.RecordTransferred
                        ? TlsEventListener.Kind.RECORD
                        : TlsEventListener.Kind.HANDSHAKE;
        if (!wants(kind)) return;
        try {
            listener.on(new Moment(id, clock.now(), clock.nanoTime()), event);
        } catch (RuntimeException | LinkageError broken) {
            listener = TlsEventListener.none();
        }
    }
}
