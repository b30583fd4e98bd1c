import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.ToolProvider;

/**
 * What the agent adds to the start of a JVM: {@code java benchmarks/StartUp.java [rounds]}, in a checkout that is built.
 *
 * <p>Small programs run with and without it in turns, each in a JVM of its own, so that whatever else the machine does
 * hits them alike; what counts is the median. The figures to reach, on an idle core: 250 ms more where no TLS is used,
 * 500 ms where it is.
 */
public final class StartUp {

    private static final Path HERE = Path.of("benchmarks");
    private static final Path AGENT = Path.of("agent", "target", "almost-tls-agent.jar");
    private static final List<String> PROGRAMS = List.of("Hello", "HelloTls");
    private static final int WARM_UP = 2;

    private StartUp() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
        Path classes = Files.createTempDirectory("start-up");
        compile(classes);
        Map<String, List<Double>> times = new TreeMap<>();
        for (int round = -WARM_UP; round < rounds; round++) {
            for (String program : PROGRAMS) {
                for (boolean agent : new boolean[] {false, true}) {
                    double millis = run(classes, program, agent);
                    if (round >= 0)
                        times.computeIfAbsent(program + agent, key -> new ArrayList<>())
                                .add(millis);
                }
            }
        }
        System.out.printf("%-10s %12s %12s %10s %8s   (medians of %d)%n", "", "without", "with", "added", "ratio", rounds);
        for (String program : PROGRAMS) report(program, median(times.get(program + false)), median(times.get(program + true)));
    }

    private static void compile(Path classes) {
        List<String> words = new ArrayList<>(List.of("-d", classes.toString()));
        for (String program : PROGRAMS) words.add(HERE.resolve(program + ".java").toString());
        int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new));
        if (code != 0) throw new IllegalStateException("cannot compile " + PROGRAMS);
    }

    /** In milliseconds. */
    private static double run(Path classes, String program, boolean agent) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (agent) words.add("-javaagent:" + AGENT);
        words.addAll(Arrays.asList("-cp", classes.toString(), program));
        long began = System.nanoTime();
        Process process = new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) throw new IllegalStateException("failed: " + words);
        return (System.nanoTime() - began) / 1e6;
    }

    private static double median(List<Double> times) {
        Collections.sort(times);
        return times.get(times.size() / 2);
    }

    private static void report(String program, double without, double with) {
        System.out.printf("%-10s %9.0f ms %9.0f ms %7.0f ms %8.2f%n", program, without, with, with - without, with / without);
    }
}
