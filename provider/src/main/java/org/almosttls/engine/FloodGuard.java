package org.almosttls.engine;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;

/** Bounds what a peer may send without getting anywhere: empty records and warnings. */
final class FloodGuard {

    /** RFC 5246 §6.2.1 allows empty application data; a peer that sends nothing else is not tolerated for ever. */
    private static final int MAX_EMPTY_RECORDS = 32;

    private static final int MAX_WARNINGS = 16;

    private int emptyRecords;
    private int warnings;

    void onData(int octets) throws TlsAlertException {
        emptyRecords = octets == 0 ? emptyRecords + 1 : 0;
        Violation.TOO_MANY_EMPTY_RECORDS.when(emptyRecords > MAX_EMPTY_RECORDS);
    }

    void onWarning() throws TlsAlertException {
        Violation.TOO_MANY_WARNINGS.when(++warnings > MAX_WARNINGS);
    }
}
