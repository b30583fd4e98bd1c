package org.almosttls.jsse;

import java.util.Optional;
import java.util.function.Predicate;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.SessionStore;
import org.almosttls.config.TakenTicket;
import org.almosttls.config.Ticket;
import org.almosttls.registry.Role;

/** The sessions of a context as one connection has them. */
final class ConnectionSessions implements SessionStore {

    private final Shared shared;
    private final Meeting meeting;
    private final NewSessions newSessions;
    private final AlmostSslSession fresh;
    /** What the client has offered, or the server was offered: the session of another would show another's certificates. */
    private volatile Optional<AlmostSslSession> known = Optional.empty();

    private volatile Optional<AlmostSslSession> agreed = Optional.empty();

    /** What the context has for all of its connections in the role of this one. */
    record Shared(AlmostSslSessions sessions, ContextTickets tickets, Role role) {}

    /** @param fresh what this connection's session is if none is resumed */
    ConnectionSessions(Shared shared, Meeting meeting, NewSessions newSessions, AlmostSslSession fresh) {
        this.shared = shared;
        this.meeting = meeting;
        this.newSessions = newSessions;
        this.fresh = fresh;
    }

    /** Those of what follows on the same connection, with this session if none is resumed. */
    ConnectionSessions followedBy(AlmostSslSession next) {
        return new ConnectionSessions(shared, meeting, newSessions, next);
    }

    AlmostSslSession fresh() {
        return fresh;
    }

    /** What the finished handshake has come to, for applications; the same object wherever a session is resumed. */
    AlmostSslSession of(NegotiatedSession session) {
        if (agreed.isEmpty()) agree(session);
        return agreed.orElseThrow();
    }

    private synchronized void agree(NegotiatedSession session) {
        if (agreed.isPresent()) return;
        var resumed = known.filter(each -> each.isOf(session.id()));
        resumed.ifPresentOrElse(AlmostSslSession::access, () -> {
            fresh.beganAt(session.created());
            fresh.finish(SessionFacts.of(session));
        });
        agreed = resumed.or(() -> Optional.of(fresh));
    }

    @Override
    public NewSessions newSessions() {
        return newSessions;
    }

    @Override
    public Optional<ResumableSession> find(byte[] id) {
        return noted(shared.sessions.find(id, meeting));
    }

    @Override
    public Optional<ResumableSession> toOffer(Predicate<ResumableSession> fits) {
        return noted(shared.sessions.last(meeting, fits));
    }

    private Optional<ResumableSession> noted(Optional<KeptSession> found) {
        known = found.map(KeptSession::face);
        return found.map(KeptSession::resumable);
    }

    @Override
    public boolean usesTickets() {
        return shared.tickets.areFor(shared.role, meeting);
    }

    /** What applications have bound to the session is still there if the session is. */
    @Override
    public Optional<TakenTicket> take(byte[] ticket) {
        var taken = shared.tickets.take(ticket, meeting);
        if (taken.isEmpty()) return taken;
        var session = taken.get().session();
        if (!shared.sessions.isLiving(session)) {
            session.close();
            return Optional.empty();
        }
        noted(shared.sessions.find(session.session().id(), meeting)).ifPresent(ResumableSession::close);
        return taken;
    }

    @Override
    public int ticketsForEach() {
        return shared.tickets.forEach();
    }

    /** RFC 5077 §3.3: an empty one for a session that was invalidated before it was one. */
    @Override
    public Ticket issue(ResumableSession session) {
        return fresh.isInvalidated()
                ? new Ticket(new byte[0], Optional.empty())
                : shared.tickets.issue(session, meeting);
    }

    /** Also a session that is resumed, if it has a new ticket. */
    @Override
    public void keep(ResumableSession finished) {
        var resumed = known.filter(each -> each.isOf(finished.session().id()));
        if (resumed.isEmpty()) fresh.finish(SessionFacts.of(finished.session()));
        shared.sessions.keep(new KeptSession(resumed.orElse(fresh), finished.copy(), meeting));
    }

    @Override
    public void forget(byte[] id) {
        shared.sessions.forget(id, meeting);
    }
}
