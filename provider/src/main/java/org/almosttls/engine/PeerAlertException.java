package org.almosttls.engine;

import org.almosttls.alert.AlertDescription;

/** A fatal alert came, or close_notify before the handshake was finished; nothing of ours answers it. */
public final class PeerAlertException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient AlertDescription description;

    PeerAlertException(AlertDescription description) {
        super("received alert " + description);
        this.description = description;
    }

    public AlertDescription description() {
        return description;
    }
}
