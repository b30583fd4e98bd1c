package org.almosttls.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.SessionStore;
import org.almosttls.config.TakenTicket;
import org.almosttls.config.Ticket;

/** Keeps all sessions for ever, and offers the last. */
public final class TestSessions implements SessionStore {

    private final List<ResumableSession> kept = new ArrayList<>();
    private final List<ResumableSession> handedOut = new ArrayList<>();
    private int forEach = 1;
    private NewSessions newSessions = NewSessions.KEPT;
    private Optional<Tickets> tickets = Optional.empty();

    /** How tickets are given, if they are: what is in one is the index of a session that was given one. */
    private record Tickets(List<ResumableSession> given, Optional<Duration> lifetime, boolean outdated, boolean lost) {}

    /** From now on with tickets, which hold for that long, or for nobody knows how long. */
    public TestSessions withTickets(Optional<Duration> lifetime) {
        tickets = Optional.of(new Tickets(new ArrayList<>(), lifetime, false, false));
        return this;
    }

    /** From now on without. */
    public TestSessions withoutTickets() {
        tickets = Optional.empty();
        return this;
    }

    /** From now on so many tickets for a connection of TLS 1.3. */
    public TestSessions giving(int many) {
        forEach = many;
        return this;
    }

    @Override
    public int ticketsForEach() {
        return forEach;
    }

    /** From now on every ticket that comes had better be replaced. */
    public void outdateTickets() {
        tickets = tickets.map(now -> new Tickets(now.given, now.lifetime, true, false));
    }

    /** From now on no ticket is known, and none can be given though it is promised. */
    public void loseTickets() {
        tickets = tickets.map(now -> new Tickets(now.given, now.lifetime, false, true));
    }

    @Override
    public boolean usesTickets() {
        return tickets.isPresent();
    }

    @Override
    public Optional<TakenTicket> take(byte[] ticket) {
        var known = tickets.orElseThrow();
        if (known.lost || (ticket[0] & 0xFF) >= known.given.size()) return Optional.empty();
        return copyOf(Optional.of(known.given.get(ticket[0]))).map(copy -> new TakenTicket(copy, known.outdated));
    }

    @Override
    public Ticket issue(ResumableSession session) {
        var giving = tickets.orElseThrow();
        var until = giving.lifetime.map(session.session().created()::plus);
        var age = session.ticket().flatMap(Ticket::age);
        if (giving.lost) return new Ticket(new byte[0], until, age);
        giving.given.add(session.copy());
        return new Ticket(new byte[] {(byte) (giving.given.size() - 1), 7, 7}, until, age);
    }

    /** From now on no connection makes a session. */
    public TestSessions refuseNew() {
        newSessions = NewSessions.REFUSED;
        return this;
    }

    /** Has the kept sessions be without extended master secret. */
    public void loosen() {
        kept.replaceAll(each -> new ResumableSession(withoutExtendedMasterSecret(each.session()), each.master()));
    }

    /** The same, as if it had begun without. */
    public static NegotiatedSession withoutExtendedMasterSecret(NegotiatedSession session) {
        return new NegotiatedSession(
                session.version(),
                session.cipherSuite(),
                session.id(),
                session.created(),
                session.group(),
                session.scheme(),
                session.peerSchemes(),
                false,
                session.fragmentLength(),
                session.compression(),
                session.peerChain(),
                session.localChain(),
                session.serverNames(),
                session.applicationProtocol(),
                session.statusResponses());
    }

    public List<ResumableSession> kept() {
        return List.copyOf(kept);
    }

    /** Every copy that a connection was given. */
    public List<ResumableSession> handedOut() {
        return List.copyOf(handedOut);
    }

    @Override
    public NewSessions newSessions() {
        return newSessions;
    }

    @Override
    public Optional<ResumableSession> find(byte[] id) {
        return copyOf(kept.stream()
                .filter(session -> Arrays.equals(id, session.session().id()))
                .findFirst());
    }

    @Override
    public Optional<ResumableSession> toOffer(Predicate<ResumableSession> fits) {
        var last = kept.stream().reduce((first, second) -> second).filter(fits);
        last.filter(ResumableSession::isForOneUse).ifPresent(kept::remove);
        return copyOf(last);
    }

    private Optional<ResumableSession> copyOf(Optional<ResumableSession> session) {
        var copy = session.map(ResumableSession::copy);
        copy.ifPresent(handedOut::add);
        return copy;
    }

    @Override
    public void keep(ResumableSession finished) {
        kept.add(finished.copy());
    }

    @Override
    public void forget(byte[] id) {
        kept.removeIf(session -> Arrays.equals(id, session.session().id()));
    }
}
