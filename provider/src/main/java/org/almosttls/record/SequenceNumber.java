package org.almosttls.record;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;

/** RFC 5246 §6.1: counts the records of one direction under one set of keys; never wraps. */
final class SequenceNumber {

    private long next;
    private boolean exhausted;

    SequenceNumber() {
        this(0);
    }

    SequenceNumber(long first) {
        next = first;
    }

    /** The number of the record at hand, from 0 to 2^64 - 1 unsigned; SEQUENCE_EXHAUSTED after that. */
    long take() throws TlsAlertException {
        Violation.SEQUENCE_EXHAUSTED.when(exhausted);
        exhausted = next == -1;
        return next++;
    }
}
