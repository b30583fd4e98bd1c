package org.almosttls.jsse;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.TakenTicket;
import org.almosttls.config.Ticket;
import org.almosttls.config.TicketRegister;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.registry.HashAlgorithm;
import org.almosttls.registry.Role;
import org.almosttls.ticket.RotatingKeys;
import org.almosttls.ticket.SessionState;
import org.almosttls.ticket.SessionTickets;
import org.almosttls.ticket.SingleUse;

/**
 * The session tickets of a context (RFC 5077): made and read as a server, taken as a client, unless the platform's
 * properties say otherwise. A ticket holds for the context that made it, and with keys that are shared for all contexts
 * that have the same server certificate and the same idea of whom to trust.
 */
final class ContextTickets {

    private static final int DEFAULT_COUNT = 1;
    private static final int MOST_COUNT = 10;

    private final Supplier<CryptoBackend> crypto;
    private final Supplier<Duration> timeout;
    private final SessionTickets tickets;
    private final OwnChains ownChains;
    private final TrustedIssuers issuers;
    private final Wishes wishes;
    private final SingleUse register;

    /** What the platform's properties say: who has tickets, and how many a connection of TLS 1.3 is given. */
    private record Wishes(boolean ofClients, boolean ofServers, int forEach) {
        static Wishes ofProperties() {
            return new Wishes(
                    isEnabled("jdk.tls.client.enableSessionTicketExtension"),
                    isEnabled("jdk.tls.server.enableSessionTicketExtension"),
                    countOf(Asked.number("jdk.tls.server.newSessionTicketCount", DEFAULT_COUNT)));
        }
    }

    /** @param timeout of a server's sessions, asked for each time; zero if there is none */
    ContextTickets(Lending lending, Identities identities, SecureRandom random, Supplier<Duration> timeout) {
        this.crypto = lending.crypto();
        this.timeout = timeout;
        this.wishes = Wishes.ofProperties();
        this.register = new SingleUse(crypto);
        var own = new RotatingKeys(() -> random, lending.clock(), timeout);
        var shared = lending.ticketKeys();
        this.tickets = new SessionTickets(shared.map(keys -> keys.or(own)).orElse(own), crypto, () -> random);
        this.ownChains = new OwnChains(identities.keys(), crypto, lending.reloading()::changes);
        this.issuers = new TrustedIssuers(identities.trust(), crypto, () -> random);
    }

    /** As the platform has it, which takes what is out of its bounds for none. */
    static int countOf(int wanted) {
        return wanted < 0 || wanted > MOST_COUNT ? DEFAULT_COUNT : wanted;
    }

    /** Those that early data may still come with. */
    TicketRegister register() {
        return register;
    }

    /** How many a connection of TLS 1.3 is given. */
    int forEach() {
        return wishes.forEach;
    }

    /** The platform's, which are true unless they say false. */
    private static boolean isEnabled(String property) {
        return !"false".equalsIgnoreCase(Asked.property(property));
    }

    /** What an application's own constraints permit has no name that another context would know. */
    boolean areFor(Role role, Meeting meeting) {
        return role == Role.CLIENT
                ? wishes.ofClients
                : wishes.ofServers && meeting.constraints().isEmpty();
    }

    /** The session in this ticket, if it was made in such a meeting, with the certificates that are still this end's. */
    Optional<TakenTicket> take(byte[] ticket, Meeting meeting) {
        return tickets.read(ticket).flatMap(read -> {
            var taken = session(read.state(), meeting).map(session -> new TakenTicket(session, read.isOutdated()));
            if (taken.isEmpty()) read.state().close();
            return taken;
        });
    }

    private Optional<ResumableSession> session(SessionState state, Meeting meeting) {
        var resumable = state.resumable();
        boolean isSame = Arrays.equals(state.binding(), binding(resumable, meeting));
        if (!isSame) return Optional.empty();
        return ownChains
                .find(state.own())
                .map(chain -> new ResumableSession(
                        resumable.session().withLocalChain(chain), resumable.master(), resumable.ticket()));
    }

    /** Empty if the session is too large for one, or if stores have changed since the two met. */
    Ticket issue(ResumableSession session, Meeting meeting) {
        var own = ownChains.remember(session.session().localChain());
        var octets = tickets.make(new SessionState(session, own, binding(session, meeting)))
                .filter(made -> ownChains.areStill(meeting.changes()));
        var limit = timeout.get();
        return new Ticket(
                octets.orElse(new byte[0]),
                limit.isZero()
                        ? Optional.empty()
                        : Optional.of(session.session().created().plus(limit)),
                session.ticket().flatMap(Ticket::age));
    }

    /** As the cache of ids has it; who was not authenticated was judged by nobody. */
    private byte[] binding(ResumableSession session, Meeting meeting) {
        byte[] judges = session.session().peerChain().isEmpty() ? new byte[0] : issuers.digest(meeting.changes());
        byte[] how = (meeting.identification() + "\n" + meeting.asks() + "\n").getBytes(StandardCharsets.UTF_8);
        return crypto.get().hash(HashAlgorithm.SHA256, how, judges);
    }
}
