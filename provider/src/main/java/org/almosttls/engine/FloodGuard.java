package org.almosttls.engine;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.Clock;
import org.almosttls.config.Frequency;
import org.almosttls.registry.ContentType;

/**
 * Bounds what a peer may send in a minute without getting anywhere: empty records, warnings, heartbeats that are none, and
 * what is dropped.
 */
final class FloodGuard {

    /** RFC 5246 §6.2.1 allows empty application data; a peer that sends nothing else is not tolerated. */
    private static final int MAX_EMPTY_RECORDS = 32;

    private static final int MAX_WARNINGS = 16;

    /** RFC 8446 §5: they are dropped, and an honest peer sends one. */
    private static final int MAX_CHANGE_CIPHER_SPECS = 16;

    /** RFC 8446 §4.6: an honest peer sends a few tickets, and updates its keys amid much data. */
    private static final int MAX_LATE_RECORDS = 32;

    /** RFC 6520 §4 has them passed over; a peer that keeps to it sends none but by accident. */
    private static final int MAX_DISCARDED = 32;

    private final Clock clock;
    private Frequency emptyRecords = Frequency.NEVER;
    private Frequency warnings = Frequency.NEVER;
    private Frequency lateRecords = Frequency.NEVER;
    private int changeCipherSpecs;
    private Frequency discarded = Frequency.NEVER;

    FloodGuard(Clock clock) {
        this.clock = clock;
    }

    void onData(int octets) throws TlsAlertException {
        emptyRecords = octets == 0 ? emptyRecords.again(clock.nanoTime()) : Frequency.NEVER;
        Violation.TOO_MANY_EMPTY_RECORDS.when(emptyRecords.times() > MAX_EMPTY_RECORDS);
        if (octets > 0) {
            discarded = Frequency.NEVER;
            lateRecords = Frequency.NEVER;
        }
    }

    /** A record of something else has come, with or without a handshake under way. */
    void onControl(ContentType type, boolean afterwards) throws TlsAlertException {
        if (type == ContentType.CHANGE_CIPHER_SPEC) {
            Violation.TOO_MANY_CHANGE_CIPHER_SPECS.when(++changeCipherSpecs > MAX_CHANGE_CIPHER_SPECS);
        } else if (type == ContentType.HANDSHAKE) {
            changeCipherSpecs = 0;
            lateRecords = afterwards ? lateRecords.again(clock.nanoTime()) : Frequency.NEVER;
            Violation.TOO_MANY_LATE_MESSAGES.when(lateRecords.times() > MAX_LATE_RECORDS);
        }
    }

    /** This end asks for what comes next. */
    void onOwnWish() {
        lateRecords = Frequency.NEVER;
    }

    /** A heartbeat that had to be passed over. */
    void onDiscarded() throws TlsAlertException {
        discarded = discarded.again(clock.nanoTime());
        Violation.TOO_MANY_HEARTBEATS.when(discarded.times() > MAX_DISCARDED);
    }

    void onWarning() throws TlsAlertException {
        warnings = warnings.again(clock.nanoTime());
        Violation.TOO_MANY_WARNINGS.when(warnings.times() > MAX_WARNINGS);
    }
}
