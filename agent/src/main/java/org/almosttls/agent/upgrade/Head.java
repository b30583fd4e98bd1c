package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/** A stream whose first bytes may be looked at before they are read. */
final class Head extends InputStream {

    private static final SocketTimeoutException NOT_YET = new NotYet();

    private final InputStream raw;
    private final ReentrantLock lock = new ReentrantLock();
    private final byte[] first = new byte[FirstBytes.ENOUGH];
    private int length;
    private int next;
    private volatile boolean passed;
    /** Null if nobody is. */
    private volatile Thread hurried;

    /** Always the same, since nobody but who hurries gets it. */
    private static final class NotYet extends SocketTimeoutException {

        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

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

    /** From now on this thread does not wait for what has not come, as if the time for it were over. */
    void hurry() {
        hurried = Thread.currentThread();
    }

    /** Until now. */
    void takeTime() {
        hurried = null;
    }

    @Override
    public int read() throws IOException {
        if (passed && hurried == null) return raw.read();
        byte[] octet = new byte[1];
        return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xFF;
    }

    @Override
    public int read(byte[] destination, int offset, int wanted) throws IOException {
        if (passed || wanted == 0) return readRaw(destination, offset, wanted);
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
        return readRaw(destination, offset, wanted);
    }

    private int readRaw(byte[] destination, int offset, int wanted) throws IOException {
        Thread known = hurried;
        if (known != null && known == Thread.currentThread() && raw.available() == 0) throw NOT_YET;
        return raw.read(destination, offset, wanted);
    }

    @Override
    public int available() throws IOException {
        return length - next + raw.available();
    }
}
