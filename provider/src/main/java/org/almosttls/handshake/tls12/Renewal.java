package org.almosttls.handshake.tls12;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.NextHandshake;
import org.almosttls.handshake.Transition;

/** How a handshake that follows another begins; lent by the room of the hellos, which is above this one. */
public interface Renewal {

    /** What it is to be like. */
    NextHandshake next();

    /** Whether this end ever does another handshake on the same connection. */
    boolean isEnabled();

    /** Whether it does so if the peer is the one who wants it. */
    boolean heedsPeer();

    /** As {@link org.almosttls.config.Clock#nanoTime}. */
    long nanoTime();

    /** A client says ClientHello; a server turns to the state that takes one. */
    Transition begin(Renegotiation past) throws TlsAlertException;
}
