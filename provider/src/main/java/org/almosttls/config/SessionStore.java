package org.almosttls.config;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * The sessions that one connection may go on with (RFC 5246 §F.1.4), and where its own is kept. Whoever is judged more
 * strictly than a session's peer was is not offered that session. Quick: called while the connection is locked.
 */
public interface SessionStore {

    /** What becomes of the session of a full handshake. */
    enum NewSessions {
        /** It can be resumed. */
        KEPT,
        /** It ends with its connections. */
        NOT_KEPT,
        /** It must not come to be: the connection resumes one or fails. */
        REFUSED
    }

    NewSessions newSessions();

    /** For a server: the session of this id, as a copy that the caller closes. */
    Optional<ResumableSession> find(byte[] id);

    /**
     * For a client: the session to offer to its peer, if there is one that fits, which the caller closes. It is a copy, but
     * for what is {@link ResumableSession#isForOneUse for one use}: that is given away.
     */
    Optional<ResumableSession> toOffer(Predicate<ResumableSession> fits);

    /** Whether this end has sessions go by ticket (RFC 5077) where the other end does as well. */
    default boolean usesTickets() {
        return false;
    }

    /** For a server: the session in this ticket, if the ticket is one of its own and the session is not over. */
    default Optional<TakenTicket> take(byte[] ticket) {
        return Optional.empty();
    }

    /** For a server: how many tickets a connection of TLS 1.3 is given (RFC 8446 §4.6.1). */
    default int ticketsForEach() {
        return 1;
    }

    /**
     * For a server: a ticket for the session, empty if the session is too large for one. In TLS 1.3 the session brings the
     * age that its ticket is to have.
     */
    default Ticket issue(ResumableSession session) {
        return new Ticket(new byte[0], Optional.empty());
    }

    /** Keeps a copy; {@code finished} stays the caller's to close. */
    void keep(ResumableSession finished);

    /** The session of this id, if it is kept, is resumed no more. */
    void forget(byte[] id);

    /** Keeps nothing. */
    static SessionStore none() {
        return new SessionStore() {
            @Override
            public NewSessions newSessions() {
                return NewSessions.NOT_KEPT;
            }

            @Override
            public Optional<ResumableSession> find(byte[] id) {
                return Optional.empty();
            }

            @Override
            public Optional<ResumableSession> toOffer(Predicate<ResumableSession> fits) {
                return Optional.empty();
            }

            @Override
            public void keep(ResumableSession finished) {}

            @Override
            public void forget(byte[] id) {}
        };
    }
}
