package org.almosttls.engine;

import java.util.Optional;
import org.almosttls.alert.AlertProtocol;
import org.almosttls.config.NegotiatedSession;

/**
 * What the handshake agreed on, once it did, and whether the caller has been told; and how alerts are said, which is
 * agreed on with the family. Refers to nothing that knows the connection.
 */
final class Established {

    private volatile Optional<NegotiatedSession> session = Optional.empty();
    private volatile boolean untold;
    private volatile AlertProtocol alerts = AlertProtocol.TLS;

    void use(AlertProtocol ofFamily) {
        alerts = ofFamily;
    }

    AlertProtocol alerts() {
        return alerts;
    }

    void set(NegotiatedSession agreed) {
        session = Optional.of(agreed);
        untold = true;
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
