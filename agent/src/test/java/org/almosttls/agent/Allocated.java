package org.almosttls.agent;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What something takes of the heap once everything is warm. */
public final class Allocated {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 15;
    private static final int OPERATIONS = 200;

    private Allocated() {}

    /** What may fail. */
    @FunctionalInterface
    public interface Operation {
        void run() throws Exception;
    }

    /** The least of several rounds, since compilation may interfere with any. */
    public static long octetsPer(Operation operation) throws Exception {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < OPERATIONS; i++) operation.run();
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / OPERATIONS);
        }
        return least;
    }
}
