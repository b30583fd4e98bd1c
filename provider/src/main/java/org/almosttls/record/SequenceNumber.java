package org.almosttls.record;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;

/** RFC 5246 §6.1: counts the records of one direction under one set of keys; never wraps. */
final class SequenceNumber {

    private final int step;
    private long next;
    private boolean exhausted;

    SequenceNumber() {
        this(0);
    }

    SequenceNumber(long first) {
        this(first, 1);
    }

    private SequenceNumber(long first, int step) {
        next = first;
        this.step = step;
    }

    /** The lab's: counts nothing, so that every record is number 0. */
    static SequenceNumber stuck() {
        return new SequenceNumber(0, 0);
    }

    /** What {@link #take} will answer, unless it throws. */
    long next() {
        return next;
    }

    /** The number of the record at hand, from 0 to 2^64 - 1 unsigned; SEQUENCE_EXHAUSTED after that. */
    long take() throws TlsAlertException {
        Violation.SEQUENCE_EXHAUSTED.when(exhausted);
        exhausted = next == -1;
        long taken = next;
        next += step;
        return taken;
    }
}
