package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.ReentrantLock;

/** A stream whose first bytes may be looked at before they are read. */
final class Head extends InputStream {

    private final InputStream raw;
    private final ReentrantLock lock = new ReentrantLock();
    private final byte[] first = new byte[FirstBytes.ENOUGH];
    private int length;
    private int next;
    private volatile boolean passed;

    Head(InputStream raw) {
        this.raw = raw;
    }

    /** Held by whoever looks. */
    ReentrantLock lock() {
        return lock;
    }

    /** Waits until the first bytes say what they are. At the end of the stream they are too few. */
    FirstBytes look() throws IOException {
        FirstBytes seen = length == 0 ? FirstBytes.TOO_FEW : FirstBytes.of(first, 0, length);
        while (seen == FirstBytes.TOO_FEW) {
            int count = raw.read(first, length, first.length - length);
            if (count < 0) return FirstBytes.TOO_FEW;
            length += count;
            seen = FirstBytes.of(first, 0, length);
        }
        return seen;
    }

    @Override
    public int read() throws IOException {
        byte[] octet = new byte[1];
        return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xFF;
    }

    @Override
    public int read(byte[] destination, int offset, int wanted) throws IOException {
        if (passed || wanted == 0) return raw.read(destination, offset, wanted);
        lock.lock();
        try {
            if (next < length) {
                int count = Math.min(wanted, length - next);
                System.arraycopy(first, next, destination, offset, count);
                next += count;
                return count;
            }
        } finally {
            lock.unlock();
        }
        // Whoever reads has had all; nobody looks once somebody reads.
        passed = true;
        return raw.read(destination, offset, wanted);
    }

    @Override
    public int available() throws IOException {
        return length - next + raw.available();
    }
}
