package org.almosttls.agent.observe;

import java.lang.ref.WeakReference;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.almosttls.agent.observe.Surface.Answers;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.Closed;
import org.almosttls.event.TlsEvent.Ending;
import org.almosttls.event.TlsEvent.Traffic;

/**
 * One engine or socket of another stack, from its first octet on the network to its end. What only wraps another one has
 * no octets of its own and is never told of.
 */
final class WatchedConnection {

    private final WeakReference<Object> face;
    private final Telling telling;
    private final Ways ways;
    private final Farewell farewell = new Farewell();
    private final Progress progress = new Progress();
    private final Passing passing;
    private volatile boolean steady;

    /** How far it has come. */
    private static final class Progress {

        private volatile boolean opened;
        private volatile boolean established;
        private volatile boolean last;
        private volatile boolean closed;
        private volatile boolean closing;
        private volatile boolean saysNoMore;
        private volatile Optional<Ending> failure = Optional.empty();
    }

    /** What few are: TLS over TLS, and nothing to tell of. */
    private enum Oddity {
        NONE,
        LAYERED,
        LEFT_ALONE
    }

    /** Who moves its octets, and over what. */
    private static final class Passing {

        private final Waiting waiting = new Waiting();
        private final boolean isSocket;
        private volatile WatchedConnection worker;
        private volatile Oddity oddity = Oddity.NONE;
        private volatile Optional<Answers> answers = Optional.empty();
        private final Route route = new Route();
        private int within;

        Passing(boolean isSocket) {
            this.isSocket = isSocket;
        }
    }

    /** What is said each way. */
    private record Ways(WatchedDirection sent, WatchedDirection received) {}

    WatchedConnection(Object engineOrSocket, Telling telling) {
        this.face = new WeakReference<>(engineOrSocket);
        this.telling = telling;
        this.ways = new Ways(
                new WatchedDirection(Direction.SENT, telling), new WatchedDirection(Direction.RECEIVED, telling));
        this.passing = new Passing(engineOrSocket instanceof SSLSocket);
    }

    /** The engine or socket, null if nobody has it any more. */
    Object face() {
        return face.get();
    }

    /** Whether it is of that engine or socket. */
    boolean isOf(Object engineOrSocket) {
        return face.refersTo(engineOrSocket);
    }

    /** A socket, or else an engine. */
    boolean isSocket() {
        return passing.isSocket;
    }

    WatchedHandshake handshake() {
        return telling.handshake();
    }

    WatchedDirection sent() {
        return ways.sent();
    }

    WatchedDirection received() {
        return ways.received();
    }

    Waiting waiting() {
        return passing.waiting;
    }

    Farewell farewell() {
        return farewell;
    }

    Telling telling() {
        return telling;
    }

    long recordsSent() {
        return ways.sent().counts().records();
    }

    /** Another one did the work in a call on this one. */
    void delegatesTo(WatchedConnection other) {
        if (other == this || passing.oddity == Oddity.LAYERED || progress.opened || !other.progress.opened) return;
        // Who has read from the network by itself may have an engine, but no other socket, to hand it to.
        if (!passing.waiting.isAny() || !other.passing.isSocket) passing.worker = other;
    }

    /** It does TLS of its own, which another one's session carries. */
    void isLayered() {
        passing.oddity = Oddity.LAYERED;
        passing.worker = null;
    }

    /** The one that does the TLS: itself, unless it is known to delegate. */
    WatchedConnection worker() {
        WatchedConnection other = passing.worker;
        return other == null ? this : other;
    }

    /** True for the first who asks: then it is to be told that it begins. */
    synchronized boolean opens() {
        boolean first = !progress.opened && !isLeftAlone();
        if (first) progress.opened = true;
        return first;
    }

    /** It is none of those that are told of. */
    void leaveAlone() {
        passing.oddity = Oddity.LEFT_ALONE;
    }

    boolean isLeftAlone() {
        return passing.oddity == Oddity.LEFT_ALONE;
    }

    boolean isOpened() {
        return progress.opened;
    }

    boolean isEstablished() {
        return progress.established;
    }

    /**
     * A handshake is done. Of two threads that have both seen the first one end, the later one has nothing to tell.
     *
     * @param isFirst whether none was done when it was seen
     */
    synchronized void establishes(Established agreed, boolean isFirst) {
        if (isFirst && progress.established) return;
        telling.completes(agreed, isFirst);
        progress.last = agreed.isLast();
        progress.established = true;
        steady = passing.worker == null && !hasFailed();
    }

    /** Whether it is established and does its work by itself, and nothing has failed. */
    boolean isSteady() {
        return steady;
    }

    /** RFC 8446 §4.6: whether no handshake can follow. */
    boolean isLast() {
        return progress.last;
    }

    Route route() {
        return passing.route;
    }

    /** The application is through with its direction of it. */
    void saysNoMore() {
        progress.saysNoMore = true;
    }

    boolean hasNoMoreToSay() {
        return progress.saysNoMore;
    }

    /** It is to end when the call that runs is over. */
    void closing() {
        progress.closing = true;
    }

    boolean isClosing() {
        return progress.closing;
    }

    /** A thread calls it before it is established; whether it is the only one, and has to ask what is told first. */
    synchronized boolean isEntered() {
        return ++passing.within == 1 && !progress.opened;
    }

    void answers(Answers given) {
        passing.answers = Optional.of(given);
    }

    /** As it was before its stack had any locks. */
    Optional<Answers> answers() {
        return passing.answers;
    }

    synchronized void isLeft() {
        passing.within--;
    }

    /** Whether a thread is at its first handshake, and will hear how that ends. */
    synchronized boolean isAwaited() {
        return passing.within > 0 && !progress.established;
    }

    boolean isClosed() {
        return progress.closed;
    }

    boolean hasFailed() {
        return progress.failure.isPresent();
    }

    /** The first failure is the one that counts. */
    synchronized void fails(Complaint complaint) {
        if (progress.closed || hasFailed()) return;
        progress.failure = Optional.of(complaint.ending());
        steady = false;
        complaint.event().ifPresent(telling::tell);
    }

    /** The end, which is told once, if there was a beginning. */
    void closes() {
        synchronized (this) {
            if (progress.closed || !progress.opened) return;
            progress.closed = true;
        }
        ways.sent().closes();
        ways.received().closes();
        telling.ends(new Closed(progress.failure.orElseGet(farewell::ending), traffic()));
    }

    /** Calls on sockets do not tell how many records they move; the records say what they are, but in TLS 1.3. */
    private Traffic traffic() {
        Counts sent = ways.sent().counts();
        Counts received = ways.received().counts();
        boolean isSocket = passing.isSocket;
        return new Traffic(
                sent.octets(),
                received.octets(),
                isSocket ? sent.applicationRecords() : sent.carryingRecords(),
                isSocket ? received.applicationRecords() : received.carryingRecords());
    }
}
