package org.almosttls.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One way to do what a benchmark does.
 *
 * @param name for people
 * @param parameters of the benchmark
 * @param words for the JVM
 */
record Way(String name, Class<?> benchmark, String method, Map<String, String> parameters, List<String> words) {

    /**
     * What an operation costs.
     *
     * @param cpu in microseconds
     * @param octets of the heap
     */
    record Cost(double cpu, double octets) {}

    static final int LOOK = 1;
    static final int WHOLE = 4;

    /**
     * An iteration is so many operations, however long they take: where processors are scarce a time would be over before
     * the compiler is done.
     */
    private int operations(int iterations) {
        if (iterations == LOOK) return 10;
        return benchmark == Handshakes.class ? 1000 : 50_000;
    }

    /**
     * In a JVM of its own, with so many iterations that count, after twice as many in which the compiler gets to what is
     * done once in a handshake.
     */
    Cost measure(int iterations, List<String> further) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + benchmark.getName().replace(".", "\\.") + "\\." + method + "$")
                .forks(1)
                .mode(Mode.SingleShotTime)
                .warmupIterations(2 * iterations)
                .warmupBatchSize(operations(iterations))
                .measurementIterations(iterations)
                .measurementBatchSize(operations(iterations))
                .jvmArgsAppend(Stream.concat(words.stream(), further.stream()).toArray(String[]::new))
                .addProfiler(Cpu.class)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        parameters.forEach(options::param);
        RunResult result = new Runner(options.build()).runSingle();
        int operations = operations(iterations);
        return new Cost(figure(result, Cpu.NAME) / operations, figure(result, "gc.alloc.rate.norm") / operations);
    }

    private static double figure(RunResult result, String name) {
        for (Result<?> each : result.getSecondaryResults().values())
            if (each.getLabel().endsWith(name)) return each.getScore();
        throw new IllegalStateException("JMH does not tell " + name);
    }
}
