package org.almosttls.schedules;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Rings whenever anything happens to a connection, so that whoever could do nothing tries again. */
final class Bell {

    private static final long PATIENCE_SECONDS = 60;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rings = lock.newCondition();
    private long times;
    private boolean over;

    long times() {
        lock.lock();
        try {
            return times;
        } finally {
            lock.unlock();
        }
    }

    void ring() {
        lock.lock();
        try {
            times++;
            rings.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody needs to try again. */
    void end() {
        lock.lock();
        try {
            over = true;
            rings.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it has rung more often than so many times. */
    void await(long before) {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (times == before && !over && left > 0) left = rings.awaitNanos(left);
            assertTrue(left > 0, "hangs");
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        } finally {
            lock.unlock();
        }
    }
}
