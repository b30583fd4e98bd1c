package org.almosttls.engine;

/**
 * What has gone in one direction: octets and records of application data, and whether there will be more. Written under
 * its half's lock, read by anyone.
 */
final class Counter {

    private volatile long octets;
    private volatile long records;
    private volatile boolean ended;

    void add(int length) {
        octets += length;
        records++;
    }

    /** Nothing more is to go. */
    void end() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    long octets() {
        return octets;
    }

    long records() {
        return records;
    }
}
