package org.almosttls.engine;

import org.almosttls.config.ResumableSession;
import org.almosttls.config.SessionStore;

/** How a connection and the sessions that outlive it hang together: what it adds to them, and which its failure ends. */
final class SessionTie {

    private final SessionStore sessions;
    private volatile byte[] associated = {};

    SessionTie(SessionStore sessions) {
        this.sessions = sessions;
    }

    /** From now on this connection's failure is that of the session of this id; of none if it is empty. */
    void associate(byte[] id) {
        associated = id;
    }

    void keep(ResumableSession finished) {
        sessions.keep(finished);
    }

    /** RFC 5246 §7.2.2: the session of a connection that failed must not be resumed. */
    void forget() {
        if (associated.length > 0) sessions.forget(associated);
    }
}
