package org.almosttls.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lines that wait to be written: so many, and so much memory, and no more; half of both is for sessions only. Who writes
 * them is given a moment's lines at once: to wake it for each takes more of the processors than the line does. No thread is
 * pinned by waiting here.
 */
final class Backlog {

    private static final int MOST_WAITING = 1024;
    private static final int MOST_OCTETS = 1 << 24;
    private static final int ENOUGH = 384;
    private static final int MANY = 32;
    private static final int LONGER = 4;
    private static final int OCTETS_AT_ONCE = 1 << 16;

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
    private final long moment;
    private int unwritten;
    private long octets;

    /**
     * @param moment in nanoseconds, for which a line may wait for others, unless somebody is in a hurry; it is {@value
     *     #LONGER} times as long where {@value #MANY} have come in the first
     */
    Backlog(long moment) {
        this.moment = moment;
    }

    /** Whether there is room for it. */
    boolean offer(Waiting line) {
        lock.lock();
        try {
            int share = line.aside ? 2 : 1;
            if (waiting.size() >= MOST_WAITING / share || octets + line.octets > MOST_OCTETS / share) return false;
            waiting.add(line);
            unwritten++;
            octets += line.octets;
            if (waiting.size() == 1 || isEnough()) some.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isEnough() {
        return waiting.size() >= ENOUGH || octets >= MOST_OCTETS / 4;
    }

    /**
     * The next ones, one at least, and not much more than {@value #OCTETS_AT_ONCE} octets; the room of each is free when it
     * is {@link #done}.
     *
     * @param most from 1 on
     */
    List<Waiting> take(int most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (waiting.isEmpty()) awaitSome();
            // Nothing is taken before there is room for it.
            var taken = new ArrayList<Waiting>(Math.min(most, waiting.size()));
            for (int sum = 0; !waiting.isEmpty() && taken.size() < most && sum < OCTETS_AT_ONCE; ) {
                sum += waiting.element().octets;
                taken.add(waiting.remove());
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void awaitSome() throws InterruptedException {
        while (waiting.isEmpty()) some.await();
        awaitMore(moment);
        if (waiting.size() >= MANY) awaitMore((LONGER - 1) * moment);
    }

    private void awaitMore(long nanos) throws InterruptedException {
        long left = nanos;
        while (!lock.hasWaiters(none) && !isEnough() && left > 0) left = some.awaitNanos(left);
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
            some.signal();
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (unwritten > 0 && left > 0) left = none.awaitNanos(left);
            return unwritten == 0;
        } finally {
            lock.unlock();
        }
    }
}
