package org.almosttls.schedules;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Rings whenever anything happens to a connection, so that whoever could do nothing tries again. Once all of them wait,
 * nothing will happen any more, and it is over.
 */
final class Bell {

    private static final long PATIENCE_SECONDS = 60;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rings = lock.newCondition();
    private long times;
    private int awake;
    private int waiting;
    private boolean over;

    /** @param threads how many may ring */
    Bell(int threads) {
        awake = threads;
    }

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
            awake += waiting;
            waiting = 0;
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

    /** The calling thread will not ring any more. */
    void leave() {
        lock.lock();
        try {
            fallAsleep();
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

    /** Waits until it has rung more often than so many times, or all wait. */
    void await(long before) {
        lock.lock();
        try {
            if (times != before) return;
            waiting++;
            fallAsleep();
            long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (times == before && !over && left > 0) left = rings.awaitNanos(left);
            assertTrue(left > 0, "a thread hangs in a call");
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        } finally {
            lock.unlock();
        }
    }

    private void fallAsleep() {
        awake--;
        if (awake == 0) {
            over = true;
            rings.signalAll();
        }
    }
}
