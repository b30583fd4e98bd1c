package org.almosttls.engine;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.Clock;
import org.almosttls.config.Frequency;

/** Bounds what a peer may send in a minute without getting anywhere: empty records and warnings. */
final class FloodGuard {

    /** RFC 5246 §6.2.1 allows empty application data; a peer that sends nothing else is not tolerated. */
    private static final int MAX_EMPTY_RECORDS = 32;

    private static final int MAX_WARNINGS = 16;

    private final Clock clock;
    private Frequency emptyRecords = Frequency.NEVER;
    private Frequency warnings = Frequency.NEVER;

    FloodGuard(Clock clock) {
        this.clock = clock;
    }

    void onData(int octets) throws TlsAlertException {
        emptyRecords = octets == 0 ? emptyRecords.again(clock.nanoTime()) : Frequency.NEVER;
        Violation.TOO_MANY_EMPTY_RECORDS.when(emptyRecords.times() > MAX_EMPTY_RECORDS);
    }

    void onWarning() throws TlsAlertException {
        warnings = warnings.again(clock.nanoTime());
        Violation.TOO_MANY_WARNINGS.when(warnings.times() > MAX_WARNINGS);
    }
}
