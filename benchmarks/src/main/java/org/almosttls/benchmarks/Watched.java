package org.almosttls.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.almosttls.benchmarks.Turns.Blocks;

/**
 * What watching takes of an operation, by {@link Turns} in a JVM for each round: of the threads that do it, and of the one that
 * writes a line for each connection later.
 */
final class Watched implements Measured {

    static final String HANDSHAKE = "handshake";
    static final String TRANSFER = "16 KiB";
    static final String ENGINE = "engine";
    static final String SOCKET = "socket";
    static final String CHANNEL = "channel";

    /** Neighbouring blocks, in nanoseconds for each operation. */
    private record Pair(double alone, double watched) {

        static Pair of(String line) {
            int space = line.indexOf(' ');
            return new Pair(Double.parseDouble(line.substring(0, space)), Double.parseDouble(line.substring(space)));
        }
    }

    private final List<String> what;
    private final Path agent;
    private final Path log;
    private final List<Pair> pairs = new ArrayList<>();
    private final List<Double> written = new ArrayList<>();

    /** @param what is done, of which version, and over what */
    Watched(List<String> what, Path agent, Path log) {
        this.what = what;
        this.agent = agent;
        this.log = log;
    }

    @Override
    public void round(boolean isLook, List<String> words) throws IOException, InterruptedException {
        Blocks whole = what.get(0).equals(HANDSHAKE) ? Blocks.HANDSHAKES : Blocks.TRANSFERS;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-javaagent:" + agent + "=mode=observe,log=" + log);
        command.addAll(words);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Turns.class.getName()));
        command.addAll(what);
        command.add(log.toString());
        command.addAll((isLook ? Blocks.LOOK : whole).words());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader told = process.inputReader()) {
            told.lines().forEach(this::add);
        }
        if (process.waitFor() != 0) throw new IOException("failed: " + command);
    }

    private void add(String line) {
        if (line.indexOf(' ') > 0) pairs.add(Pair.of(line));
        else written.add(Double.parseDouble(line));
    }

    @Override
    public String head() {
        return String.format(
                "%-28s %10s %10s %22s %10s %8s %6s",
                "CPU, us/op", "alone", "watched", "times", "log's", "with it", "pairs");
    }

    @Override
    public List<String> lines() {
        double alone = quartiles(Pair::alone).median();
        double watched = quartiles(Pair::watched).median();
        double log = Quartiles.of(written).median();
        Quartiles times = quartiles(pair -> pair.watched() / pair.alone());
        return List.of(String.format(
                Locale.ROOT,
                "%-28s %10.2f %10.2f %22s %10.2f %8.3f %6d",
                String.join(", ", what),
                alone / 1e3,
                watched / 1e3,
                times,
                log / 1e3,
                times.median() + log / alone,
                pairs.size()));
    }

    private Quartiles quartiles(ToDoubleFunction<Pair> figure) {
        return Quartiles.of(pairs.stream().map(figure::applyAsDouble).toList());
    }
}
