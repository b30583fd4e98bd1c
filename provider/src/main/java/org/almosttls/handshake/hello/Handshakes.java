package org.almosttls.handshake.hello;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.Transition;

/** The first step of a handshake, in either role. */
public final class Handshakes {

    private Handshakes() {}

    /** The transition into the first state; a client sends its hello on the way. */
    public static Transition begin(TlsConfig config) throws TlsAlertException {
        throw new IllegalStateException("no handshake for " + config.role());
    }
}
