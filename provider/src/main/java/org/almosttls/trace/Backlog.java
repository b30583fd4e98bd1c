package org.almosttls.trace;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lines that wait to be written: so many, and so much memory, and no more; half of both is for sessions only. No thread
 * is pinned by waiting here.
 */
final class Backlog {

    private static final int MOST_WAITING = 1024;
    private static final int MOST_OCTETS = 1 << 24;

    /**
     * What waits.
     *
     * @param octets how much memory it may hold on to
     * @param tally where it is counted
     * @param aside whether it is about less than a session
     */
    record Waiting(LineWriter.Line line, int octets, Tally tally, boolean aside) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition some = lock.newCondition();
    private final Condition none = lock.newCondition();
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int unwritten;
    private long octets;

    /** Whether there is room for it. */
    boolean offer(Waiting line) {
        lock.lock();
        try {
            int share = line.aside ? 2 : 1;
            if (waiting.size() >= MOST_WAITING / share || octets + line.octets > MOST_OCTETS / share) return false;
            waiting.add(line);
            unwritten++;
            octets += line.octets;
            some.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The next one; its room is free when it is {@link #done}. */
    Waiting take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty()) some.await();
            return waiting.remove();
        } finally {
            lock.unlock();
        }
    }

    void done(Waiting line) {
        lock.lock();
        try {
            octets -= line.octets;
            unwritten--;
            if (unwritten == 0) none.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all is done that was offered, but no longer than this; whether it is. */
    boolean awaitNone(long millis) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (unwritten > 0 && left > 0) left = none.awaitNanos(left);
            return unwritten == 0;
        } finally {
            lock.unlock();
        }
    }
}
