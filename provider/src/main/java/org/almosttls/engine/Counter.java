package org.almosttls.engine;

/** Octets and records of application data in one direction. Written under its half's lock, read by anyone. */
final class Counter {

    private volatile long octets;
    private volatile long records;

    void add(int length) {
        octets += length;
        records++;
    }

    long octets() {
        return octets;
    }

    long records() {
        return records;
    }
}
