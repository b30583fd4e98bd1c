package org.almosttls.agent.observe;

import org.almosttls.config.Clock;
import org.almosttls.event.ConnectionId;
import org.almosttls.event.Direction;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.Closed;
import org.almosttls.event.TlsEvent.Watched;
import org.almosttls.event.TlsEventListener;
import org.almosttls.event.TlsEventListener.Kind;

/**
 * Tells of one connection; it is forgotten when this is. What happens between its beginning and its end is noted as it was
 * seen, and neither decoded nor told, as long as nobody wants to hear of it: the application's thread has other things to do.
 */
final class Telling {

    private final Teller teller;
    private final Hellos hellos = new Hellos();
    private final Notes notes;
    private boolean atOnce;
    private boolean over;

    /** Who tells, of which connection, by which clock, and whether of records too, as was asked when it began. */
    private record Teller(ConnectionId connection, Clock clock, TlsEventListener to, boolean tellsRecords) {

        Moment now() {
            return new Moment(connection, clock.now(), clock.nanoTime());
        }
    }

    Telling(ConnectionId connection, Clock clock, TlsEventListener to) {
        this.teller = new Teller(connection, clock, to, to.wants(Kind.RECORD));
        this.notes = new Notes(connection.number(), clock.now(), clock.nanoTime());
        this.atOnce = teller.tellsRecords;
        this.over = !atOnce && !to.wants(Kind.HANDSHAKE);
    }

    /** Whether records are worth an event each; asked once, because each record asks. */
    boolean tellsRecords() {
        return teller.tellsRecords;
    }

    Hellos hellos() {
        return hellos;
    }

    /** What has been read. */
    WatchedHandshake handshake() {
        return notes.handshake();
    }

    /** The event that says what the notes are of. */
    interface Beginning {
        Watched with(Notes notes);
    }

    void begins(Beginning beginning) {
        Moment now = teller.now();
        notes.begin(now);
        if (isHeard()) teller.to.on(now, beginning.with(notes));
    }

    /** Nothing that is seen after it is noted. */
    void ends(Closed closed) {
        synchronized (this) {
            over = true;
        }
        if (isHeard()) teller.to.on(teller.now(), closed);
    }

    /** Where a log could not be opened, nobody hears. */
    private boolean isHeard() {
        return teller.to.wants(Kind.HANDSHAKE);
    }

    void tell(TlsEvent event) {
        take(new Seen.Event(event));
    }

    /** Whether what follows in its direction can be read, as far as anybody knows yet. */
    boolean message(Direction direction, byte[] octets) {
        hellos.passes(octets);
        return take(new Seen.Message(direction, octets));
    }

    /** A handshake is done; of one that is not the first there is not much to note, and it may be one of many. */
    void completes(Established as, boolean isFirst) {
        if (!isFirst) atOnce();
        take(new Seen.Done(as, isFirst));
        if (isFirst) notes.settle();
    }

    private synchronized boolean take(Seen seen) {
        if (over) return true;
        atOnce = atOnce || teller.to.wantsAtOnce() || notes.areMany();
        if (!atOnce) {
            notes.take(teller.clock.nanoTime(), seen);
            return true;
        }
        notes.read();
        Moment now = teller.now();
        return notes.handshake().read(seen, event -> teller.to.on(now, event));
    }

    /** All that is noted has been read, and what follows is read and told as it comes. */
    synchronized void atOnce() {
        atOnce = true;
        notes.read();
    }
}
