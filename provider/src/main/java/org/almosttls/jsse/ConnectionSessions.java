package org.almosttls.jsse;

import java.util.Optional;
import java.util.function.Predicate;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.SessionStore;

/** The sessions of a context as one connection has them. */
final class ConnectionSessions implements SessionStore {

    private final AlmostSslSessions all;
    private final Meeting meeting;
    private final NewSessions newSessions;
    private final AlmostSslSession fresh;
    /** What the client has offered, or the server was offered: the session of another would show another's certificates. */
    private volatile Optional<AlmostSslSession> known = Optional.empty();

    private volatile Optional<AlmostSslSession> agreed = Optional.empty();

    /** @param fresh what this connection's session is if none is resumed */
    ConnectionSessions(AlmostSslSessions all, Meeting meeting, NewSessions newSessions, AlmostSslSession fresh) {
        this.all = all;
        this.meeting = meeting;
        this.newSessions = newSessions;
        this.fresh = fresh;
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
        resumed.ifPresentOrElse(AlmostSslSession::access, () -> fresh.finish(SessionFacts.of(session)));
        agreed = resumed.or(() -> Optional.of(fresh));
    }

    @Override
    public NewSessions newSessions() {
        return newSessions;
    }

    @Override
    public Optional<ResumableSession> find(byte[] id) {
        return noted(all.find(id, meeting));
    }

    @Override
    public Optional<ResumableSession> toOffer(Predicate<ResumableSession> fits) {
        return noted(all.last(meeting, fits));
    }

    private Optional<ResumableSession> noted(Optional<KeptSession> found) {
        known = found.map(KeptSession::face);
        return found.map(KeptSession::resumable);
    }

    @Override
    public void keep(ResumableSession finished) {
        fresh.finish(SessionFacts.of(finished.session()));
        all.keep(new KeptSession(fresh, finished.copy(), meeting));
    }

    @Override
    public void forget(byte[] id) {
        all.forget(id, meeting);
    }
}
