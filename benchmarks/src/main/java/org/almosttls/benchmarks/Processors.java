package org.almosttls.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The time of processors that all threads of this process take, the collector's among them: that of the own thread up to a
 * moment, that of the others, as Linux tells it, up to a later one. The compiler's do not count: what they work on is what
 * has run before, watched or not.
 */
final class Processors {

    private static final Path TASKS = Path.of("/proc/self/task");
    private static final Path OWN = Path.of("/proc/thread-self");
    private static final String TIMES = "schedstat";
    private static final Pattern COMPILER = Pattern.compile("C[12] Compiler.*", Pattern.DOTALL);

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private Map<Path, Long> others;
    private long own;

    static boolean areTold() {
        return Files.isDirectory(TASKS) && Files.exists(OWN.resolve(TIMES));
    }

    void begin() throws IOException {
        others = others();
        own = threads.getCurrentThreadCpuTime();
    }

    /** Whatever the own thread does from now on does not count. */
    void rest() {
        own = threads.getCurrentThreadCpuTime() - own;
    }

    /** In nanoseconds, since the beginning; of a thread that is gone its last moments are missing. */
    long end() throws IOException {
        long sum = own;
        for (Map.Entry<Path, Long> each : others().entrySet())
            sum += each.getValue() - others.getOrDefault(each.getKey(), 0L);
        return sum;
    }

    private static Map<Path, Long> others() throws IOException {
        Path self = OWN.toRealPath().getFileName();
        Map<Path, Long> nanos = new HashMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                if (!task.getFileName().equals(self)) add(task, nanos);
            }
        }
        return nanos;
    }

    private static void add(Path task, Map<Path, Long> nanos) {
        try {
            if (COMPILER.matcher(Files.readString(task.resolve("comm"))).matches()) return;
            String times = Files.readString(task.resolve(TIMES));
            nanos.put(task, Long.parseLong(times.substring(0, times.indexOf(' '))));
        } catch (IOException gone) {
            nanos.remove(task);
        }
    }
}
