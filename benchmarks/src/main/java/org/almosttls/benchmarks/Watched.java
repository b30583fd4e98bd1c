package org.almosttls.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.almosttls.benchmarks.Turns.Blocks;

/** What watching takes of an operation, by {@link Turns} in a JVM for each round. */
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
            told.lines().map(Pair::of).forEach(pairs::add);
        }
        if (process.waitFor() != 0) throw new IOException("failed: " + command);
    }

    @Override
    public String head() {
        return String.format(
                "%-42s %12s %14s %22s %8s",
                "CPU but of the compiler", "alone, us/op", "watched, us/op", "times", "pairs");
    }

    @Override
    public List<String> lines() {
        return List.of(String.format(
                Locale.ROOT,
                "%-42s %12.2f %14.2f %22s %8d",
                String.join(", ", what),
                quartiles(Pair::alone).median() / 1e3,
                quartiles(Pair::watched).median() / 1e3,
                quartiles(pair -> pair.watched() / pair.alone()),
                pairs.size()));
    }

    private Quartiles quartiles(ToDoubleFunction<Pair> figure) {
        return Quartiles.of(pairs.stream().map(figure::applyAsDouble).toList());
    }
}
