package org.almosttls.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The time of processors that threads in Java take, whatever else the machine does meanwhile. The compiler is none of them,
 * nor is the collector.
 */
final class Threads {

    private static final String LOG = "AlmostTLS session log";

    private final ThreadMXBean bean = ManagementFactory.getThreadMXBean();

    /** Of each thread that is there, in nanoseconds. */
    Map<Long, Long> nanos() {
        Map<Long, Long> nanos = new HashMap<>();
        for (long id : bean.getAllThreadIds()) nanos.put(id, Math.max(0, bean.getThreadCpuTime(id)));
        return nanos;
    }

    /** What all have taken since then, but those; of a thread that is gone its last moments are missing. */
    long since(Map<Long, Long> before, Set<Long> without) {
        long sum = 0;
        for (Map.Entry<Long, Long> each : nanos().entrySet()) {
            if (!without.contains(each.getKey()))
                sum += Math.max(0, each.getValue() - before.getOrDefault(each.getKey(), 0L));
        }
        return sum;
    }

    /** That of the agent which writes the log. */
    long writingTheLog() {
        for (long id : bean.getAllThreadIds()) {
            ThreadInfo thread = bean.getThreadInfo(id);
            if (thread != null && thread.getThreadName().equals(LOG)) return id;
        }
        throw new IllegalStateException("nobody writes a log");
    }

    long nanos(long id) {
        return bean.getThreadCpuTime(id);
    }
}
