package org.almosttls.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;

/**
 * The time of processors that threads in Java take, whatever else the machine does meanwhile: all of them, or all but the one
 * that writes the agent's log. The compiler is none of them, nor is the collector.
 */
final class Threads {

    private static final String LOG = "AlmostTLS session log";
    private static final long NOBODY = -1;

    private final ThreadMXBean bean = ManagementFactory.getThreadMXBean();
    private final long apart;

    /** @param apart whether the one that writes the log, which is there already, does not count with the others */
    Threads(boolean apart) {
        this.apart = apart ? writer() : NOBODY;
    }

    private long writer() {
        for (long id : bean.getAllThreadIds()) {
            ThreadInfo thread = bean.getThreadInfo(id);
            if (thread != null && thread.getThreadName().equals(LOG)) return id;
        }
        throw new IllegalStateException("nobody writes a log");
    }

    /** Of each that counts and is there, in nanoseconds. */
    Map<Long, Long> nanos() {
        Map<Long, Long> nanos = new HashMap<>();
        for (long id : bean.getAllThreadIds()) if (id != apart) nanos.put(id, nanos(id));
        return nanos;
    }

    /** What all have taken since then; of a thread that is gone its last moments are missing. */
    long since(Map<Long, Long> before) {
        long sum = 0;
        for (Map.Entry<Long, Long> each : nanos().entrySet())
            sum += Math.max(0, each.getValue() - before.getOrDefault(each.getKey(), 0L));
        return sum;
    }

    /** What the one has taken that does not count with the others, 0 if all do. */
    long apart() {
        return nanos(apart);
    }

    private long nanos(long id) {
        return id == NOBODY ? 0 : Math.max(0, bean.getThreadCpuTime(id));
    }
}
