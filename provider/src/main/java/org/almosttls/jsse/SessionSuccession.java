package org.almosttls.jsse;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.SessionStore;
import org.almosttls.config.TakenTicket;
import org.almosttls.config.Ticket;

/** The sessions of one connection, one for each of its handshakes: the last one that is finished counts. */
final class SessionSuccession implements SessionStore {

    private ConnectionSessions settled;
    private Optional<ConnectionSessions> next = Optional.empty();
    private Optional<NegotiatedSession> last = Optional.empty();

    SessionSuccession(ConnectionSessions first) {
        settled = first;
    }

    /** Those of the handshake that began last. */
    synchronized ConnectionSessions newest() {
        return next.orElse(settled);
    }

    /** A further handshake begins; what it comes to is told apart from {@code agreed}, the last one's outcome. */
    synchronized void follow(NegotiatedSession agreed, ConnectionSessions further) {
        of(agreed);
        next = Optional.of(further);
    }

    /**
     * What the last finished handshake has come to, for applications.
     *
     * @param agreed asked here, where no further handshake begins meanwhile: an answer of before could be taken for the
     *     outcome of a handshake that still goes on
     */
    synchronized Optional<AlmostSslSession> last(Supplier<Optional<NegotiatedSession>> agreed) {
        return agreed.get().map(this::of);
    }

    private AlmostSslSession of(NegotiatedSession agreed) {
        boolean other = last.isPresent() && last.get() != agreed;
        if (other && next.isPresent()) {
            settled = next.get();
            next = Optional.empty();
        }
        last = Optional.of(agreed);
        return settled.of(agreed);
    }

    /** Whether a handshake after the first has begun, and not been told as finished. */
    synchronized boolean isFollowed() {
        return next.isPresent();
    }

    @Override
    public NewSessions newSessions() {
        return newest().newSessions();
    }

    @Override
    public Optional<ResumableSession> find(byte[] id) {
        return newest().find(id);
    }

    @Override
    public Optional<ResumableSession> toOffer(Predicate<ResumableSession> fits) {
        return newest().toOffer(fits);
    }

    @Override
    public boolean usesTickets() {
        return newest().usesTickets();
    }

    @Override
    public Optional<TakenTicket> take(byte[] ticket) {
        return newest().take(ticket);
    }

    @Override
    public int ticketsForEach() {
        return newest().ticketsForEach();
    }

    @Override
    public Ticket issue(ResumableSession session) {
        return newest().issue(session);
    }

    @Override
    public void keep(ResumableSession finished) {
        newest().keep(finished);
    }

    @Override
    public void forget(byte[] id) {
        newest().forget(id);
    }
}
