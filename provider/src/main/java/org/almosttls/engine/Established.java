package org.almosttls.engine;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.almosttls.alert.AlertProtocol;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.SessionStore;

/**
 * What the handshake agreed on, once it did, and whether the caller has been told; and how alerts are said, which is
 * agreed on with the family; and which session of the store its failure would end.
 */
final class Established {

    private final SessionStore sessions;
    private volatile Optional<NegotiatedSession> session = Optional.empty();
    private volatile boolean untold;
    private final AtomicReference<AlertProtocol> alerts = new AtomicReference<>(AlertProtocol.TLS);
    private volatile byte[] associated = {};

    Established(SessionStore sessions) {
        this.sessions = sessions;
    }

    void use(AlertProtocol ofFamily) {
        alerts.set(ofFamily);
    }

    AlertProtocol alerts() {
        return alerts.get();
    }

    /** {@link #alerts()} for whoever must not hold on to the connection, which sessions may by what is bound to them. */
    Supplier<AlertProtocol> alertsAlone() {
        return alerts::get;
    }

    void set(NegotiatedSession agreed) {
        session = Optional.of(agreed);
        associated = agreed.id();
        untold = true;
    }

    void associate(byte[] sessionId) {
        associated = sessionId;
    }

    void keep(ResumableSession finished) {
        sessions.keep(finished);
    }

    /** RFC 5246 §7.2.2: the session of a connection that failed must not be resumed. */
    void forget() {
        if (associated.length > 0) sessions.forget(associated);
    }

    Optional<NegotiatedSession> session() {
        return session;
    }

    boolean isUntold() {
        return untold;
    }

    /** True once after each {@link #set}. */
    synchronized boolean tell() {
        boolean first = untold;
        untold = false;
        return first;
    }
}
