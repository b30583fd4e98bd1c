package org.almosttls.handshake.tls12;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.Frequency;

/**
 * How often the peer has wanted another handshake. One costs a server much more than its client, so only a few in a
 * minute are done, whatever data flows between them; and a peer that does not heed refusals is not tolerated.
 */
public record Patience(Frequency refusals, Frequency heeded) {

    public static final Patience FRESH = new Patience(Frequency.NEVER, Frequency.NEVER);

    private static final int MOST_REFUSALS = 8;
    private static final int MOST_HEEDED = 8;

    boolean isLeft(long now) {
        return heeded.isBelow(MOST_HEEDED, now);
    }

    Patience heeding(long now) {
        return new Patience(refusals, heeded.again(now));
    }

    Patience refusing(long now) throws TlsAlertException {
        Violation.TOO_MANY_RENEGOTIATIONS.unless(refusals.isBelow(MOST_REFUSALS, now));
        return new Patience(refusals.again(now), heeded);
    }
}
