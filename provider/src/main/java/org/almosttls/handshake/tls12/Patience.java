package org.almosttls.handshake.tls12;

import java.time.Duration;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;

/**
 * How often the peer has wanted another handshake. One costs a server much more than its client, so only a few in a
 * minute are done, whatever data flows between them; a peer that does not heed a refusal is not tolerated for ever.
 *
 * @param heeded since {@code since}, by the clock's nanoseconds
 */
public record Patience(int refusals, int heeded, long since) {

    public static final Patience FRESH = new Patience(0, 0, 0);

    private static final int MOST_REFUSALS = 8;
    private static final int MOST_HEEDED = 8;
    private static final long WINDOW = Duration.ofMinutes(1).toNanos();

    boolean isLeft(long now) {
        return heeded < MOST_HEEDED || isOver(now);
    }

    Patience heeding(long now) {
        boolean anew = heeded == 0 || isOver(now);
        return anew ? new Patience(refusals, 1, now) : new Patience(refusals, heeded + 1, since);
    }

    Patience refusing() throws TlsAlertException {
        Violation.TOO_MANY_RENEGOTIATIONS.when(refusals == MOST_REFUSALS);
        return new Patience(refusals + 1, heeded, since);
    }

    private boolean isOver(long now) {
        return now - since > WINDOW;
    }
}
