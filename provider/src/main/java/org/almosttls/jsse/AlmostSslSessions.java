package org.almosttls.jsse;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.almosttls.config.Clock;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.Ticket;

/**
 * The sessions of a context that can be resumed, for one role, the oldest first; those go first. RFC 5246 §F.1.4: none
 * lives longer than the timeout, or than any certificate that the peer has shown. Owns their secrets, which are erased when they go.
 */
final class AlmostSslSessions implements SSLSessionContext {

    /** The platform's bounds. */
    private static final int DEFAULT_SIZE = 20480;

    private static final int DEFAULT_TIMEOUT_SECONDS = 86400;

    private static final int MOST_TIMEOUT_SECONDS = 604800;

    private final Clock clock;
    private final Map<ByteBuffer, KeptSession> byId = new LinkedHashMap<>();
    /** A client's: the id of the session to offer. */
    private final Map<Meeting, ByteBuffer> last = new HashMap<>();

    private final SpareTickets spares = new SpareTickets();
    private final EndedSessions ended = new EndedSessions();

    private int size = sizeOf(Asked.number("javax.net.ssl.sessionCacheSize", DEFAULT_SIZE));
    private int timeoutSeconds;

    AlmostSslSessions(Clock clock) {
        this(clock, DEFAULT_TIMEOUT_SECONDS);
    }

    private AlmostSslSessions(Clock clock, int timeoutSeconds) {
        this.clock = clock;
        this.timeoutSeconds = timeoutSeconds;
    }

    /** The platform has a property for the time-out of a server's sessions, since their tickets say it. */
    static AlmostSslSessions ofServer(Clock clock) {
        return new AlmostSslSessions(clock, timeoutOf(Asked.number("jdk.tls.server.sessionTicketTimeout", -1)));
    }

    /** As the platform has it, which takes what is negative or above a week for none. */
    static int timeoutOf(int wanted) {
        return wanted < 0 || wanted > MOST_TIMEOUT_SECONDS ? DEFAULT_TIMEOUT_SECONDS : wanted;
    }

    /** As the platform has it, which takes a negative number for none. */
    static int sizeOf(int wanted) {
        return wanted < 0 ? DEFAULT_SIZE : wanted;
    }

    Clock clock() {
        return clock;
    }

    /**
     * Takes the session over. An id is the server's choice, so a client may see one twice: the session of another peer
     * does not give way to it.
     */
    synchronized void keep(KeptSession session) {
        var id = idOf(session);
        var same = Optional.ofNullable(byId.get(id));
        boolean isAnothers = same.isPresent() && !same.get().meeting().equals(session.meeting());
        if (isAnothers || !session.face().isValid()) {
            session.close();
            return;
        }
        boolean offers = session.meeting().isWithSomebodyKnown();
        if (offers && session.resumable().isForOneUse())
            same.map(KeptSession::resumable).ifPresent(spares::keep);
        else same.ifPresent(this::drop);
        if (offers) {
            Optional.ofNullable(last.get(session.meeting()))
                    .filter(before -> !before.equals(id))
                    .map(byId::get)
                    .ifPresent(this::drop);
            last.put(session.meeting(), id);
        }
        byId.put(id, session);
        shrink();
    }

    /** A copy of the session of this id, if it was made in such a meeting. */
    synchronized Optional<KeptSession> find(byte[] id, Meeting meeting) {
        return living(ByteBuffer.wrap(id))
                .filter(session -> session.meeting().equals(meeting))
                .map(KeptSession::copy);
    }

    /** The last session that was made in such a meeting, if the peer is known and the session fits. */
    synchronized Optional<KeptSession> last(Meeting meeting, Predicate<ResumableSession> fits) {
        return Optional.ofNullable(last.get(meeting))
                .flatMap(this::living)
                .filter(session -> fits.test(session.resumable()))
                .map(session -> session.resumable().isForOneUse() ? givenAway(session) : session.copy());
    }

    /** The session goes on with another of its tickets, or stays without any. */
    private KeptSession givenAway(KeptSession session) {
        var next = spares.take(idOf(session)).orElseGet(session.resumable()::spent);
        byId.put(idOf(session), new KeptSession(session.face(), next, session.meeting()));
        return session;
    }

    /** The session of this id, if it was made in such a meeting, is not valid any more. */
    synchronized void forget(byte[] id, Meeting meeting) {
        Optional.ofNullable(byId.get(ByteBuffer.wrap(id)))
                .filter(session -> session.meeting().equals(meeting))
                .ifPresentOrElse(session -> session.face().invalidate(), () -> ended.add(id));
    }

    /** For what came in a ticket: whether the session may go on, as far as is known here. */
    synchronized boolean isLiving(ResumableSession session) {
        return !ended.has(session.session().id()) && !isOver(session);
    }

    synchronized Duration timeout() {
        return Duration.ofSeconds(timeoutSeconds);
    }

    /** It was invalidated; a ticket of it may be out. */
    synchronized void remove(AlmostSslSession session) {
        ended.add(session.getId());
        Optional.ofNullable(byId.get(ByteBuffer.wrap(session.getId())))
                // Of TLS 1.3 the id is of this end's making, and one session may have had several faces.
                .filter(kept -> kept.face() == session || kept.resumable().isForOneUse())
                .ifPresent(this::drop);
    }

    @Override
    public synchronized SSLSession getSession(byte[] id) {
        if (id == null) throw new NullPointerException("session id cannot be null");
        return living(ByteBuffer.wrap(id)).map(KeptSession::face).orElse(null);
    }

    @Override
    public synchronized Enumeration<byte[]> getIds() {
        expire();
        return Collections.enumeration(byId.values().stream()
                .map(kept -> kept.resumable().session().id().clone())
                .toList());
    }

    @Override
    public synchronized void setSessionTimeout(int seconds) {
        if (seconds < 0) throw new IllegalArgumentException("timeout is negative");
        timeoutSeconds = seconds;
        expire();
    }

    @Override
    public synchronized int getSessionTimeout() {
        return timeoutSeconds;
    }

    @Override
    public synchronized void setSessionCacheSize(int size) {
        if (size < 0) throw new IllegalArgumentException("size is negative");
        this.size = size;
        shrink();
    }

    @Override
    public synchronized int getSessionCacheSize() {
        return size;
    }

    private static ByteBuffer idOf(KeptSession session) {
        return ByteBuffer.wrap(session.resumable().session().id());
    }

    private Optional<KeptSession> living(ByteBuffer id) {
        var found = Optional.ofNullable(byId.get(id));
        found.filter(this::isOver).ifPresent(this::end);
        return found.filter(session -> !isOver(session));
    }

    private boolean isOver(KeptSession kept) {
        return isOver(kept.resumable());
    }

    /**
     * Zero stands for no limit, as JSSE has it; RFC 5077 §3.3: so does the lifetime of a ticket; RFC 5246 §F.1.4: a
     * certificate of the peer's chain that has expired is one, unless the peer was taken for whom it is without it.
     */
    private boolean isOver(ResumableSession resumable) {
        var session = resumable.session();
        var now = clock.now();
        boolean tooOld = Duration.between(session.created(), now).compareTo(Duration.ofSeconds(timeoutSeconds)) > 0;
        return timeoutSeconds > 0 && tooOld
                || resumable
                        .ticket()
                        .flatMap(Ticket::until)
                        .filter(now::isAfter)
                        .isPresent()
                || session.peerChain().stream()
                        .map(each -> each.getNotAfter().toInstant())
                        .anyMatch(end -> now.isAfter(end) && !session.created().isAfter(end));
    }

    private void expire() {
        List.copyOf(byId.values()).stream().filter(this::isOver).forEach(this::end);
    }

    /** The oldest are in front, so that what the timeout has ended is found without a search. */
    private void shrink() {
        while (!byId.isEmpty()) {
            var oldest = byId.values().iterator().next();
            if (isOver(oldest)) end(oldest);
            else if (size > 0 && byId.size() > size) drop(oldest);
            else return;
        }
    }

    /** Its time is over, for those who use it as well; what gives way to others goes on for those. */
    private void end(KeptSession session) {
        session.face().invalidate();
        drop(session);
    }

    private void drop(KeptSession session) {
        byId.remove(idOf(session), session);
        last.remove(session.meeting(), idOf(session));
        spares.drop(idOf(session));
        session.close();
    }
}
