package org.almosttls.agent.observe;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * How much has gone one way. Any thread may ask. Each record comes by here, so what is counted by one thread at a time is
 * counted without a lock, and all of it lies side by side.
 */
final class Counts {

    private static final AtomicLongFieldUpdater<Counts> RECORDS = count("records");
    private static final AtomicLongFieldUpdater<Counts> PROTECTED = count("applicationRecords");
    private static final AtomicLongFieldUpdater<Counts> OCTETS = count("octets");
    private static final AtomicLongFieldUpdater<Counts> CARRYING = count("carryingRecords");

    private volatile long records;
    private volatile long applicationRecords;
    private volatile long octets;
    private volatile long carryingRecords;

    private static AtomicLongFieldUpdater<Counts> count(String name) {
        return AtomicLongFieldUpdater.newUpdater(Counts.class, name);
    }

    /** By one thread at a time: a record has passed. */
    void passed(boolean isApplicationData) {
        RECORDS.lazySet(this, records + 1);
        if (isApplicationData) PROTECTED.lazySet(this, applicationRecords + 1);
    }

    /** By one thread at a time: an engine has had so many octets of the application's in so many records. */
    void carried(int some, long in) {
        OCTETS.lazySet(this, octets + some);
        CARRYING.lazySet(this, carryingRecords + in);
    }

    /** By any thread: a socket has had so many, in records that nobody knows. */
    void carried(int some) {
        OCTETS.getAndAdd(this, some);
    }

    /** How many records were said. */
    long records() {
        return records;
    }

    /** How many of them say that they carry application data, which in TLS 1.3 is all that are protected. */
    long applicationRecords() {
        return applicationRecords;
    }

    long octets() {
        return octets;
    }

    /** In how many records they were, as far as who counted them knew. */
    long carryingRecords() {
        return carryingRecords;
    }
}
