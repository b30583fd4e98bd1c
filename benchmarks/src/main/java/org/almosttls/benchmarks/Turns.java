package org.almosttls.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the platform's TLS takes with nobody watching and watched, in turns within this JVM, which has the agent: two JVMs
 * that do the same differ by more than what is looked for. Of each pair of neighbouring blocks, which are short because what
 * the machine gives changes from moment to moment, it prints the nanoseconds that an operation takes unwatched and watched,
 * and at the end those that the thread which writes the log takes for one.
 */
final class Turns {

    /** What is done again and again. */
    interface Operation {

        void run() throws IOException;
    }

    /** How many operations are a block, how many blocks warm up, and how many pairs of them count. */
    record Blocks(int operations, int warmUp, int pairs) {

        static final Blocks HANDSHAKES = new Blocks(5, 8000, 600);
        static final Blocks TRANSFERS = new Blocks(500, 300, 300);
        static final Blocks LOOK = new Blocks(10, 4, 4);

        List<String> words() {
            return List.of(String.valueOf(operations), String.valueOf(warmUp), String.valueOf(pairs));
        }

        static Blocks of(List<String> words) {
            List<Integer> numbers = words.stream().map(Integer::valueOf).toList();
            return new Blocks(numbers.get(0), numbers.get(1), numbers.get(2));
        }
    }

    private final Operation operation;
    private final Blocks blocks;
    private final int ends;
    private final Lines lines;
    private final Switch watching;
    private final Threads threads;
    private int watched;

    /** @param ends of connections, each a line of the log, that an operation brings to their end; once they were already */
    private Turns(Operation operation, int ends, Blocks blocks, Lines lines) throws Exception {
        this.operation = operation;
        this.ends = ends;
        this.blocks = blocks;
        this.lines = lines;
        lines.await(ends);
        this.watching = new Switch();
        this.threads = new Threads(ends > 0);
    }

    /** With what is done, of which version, over what, the log, and the numbers of the blocks. */
    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        Lines lines = new Lines(Path.of(words.get(3)));
        boolean isHandshake = words.get(0).equals(Watched.HANDSHAKE);
        Operation operation =
                isHandshake ? handshake(words.get(1), words.get(2)) : transfer(words.get(1), words.get(2));
        new Turns(operation, isHandshake ? 2 : 0, Blocks.of(words.subList(4, 7)), lines).run();
        System.exit(0);
    }

    private static Operation handshake(String version, String over) throws Exception {
        Handshakes handshakes = new Handshakes();
        handshakes.version = version;
        handshakes.open();
        return over.equals(Watched.ENGINE) ? handshakes::engine : handshakes::socket;
    }

    private static Operation transfer(String version, String over) throws Exception {
        Transfers transfers = new Transfers();
        transfers.provider = "SunJSSE";
        transfers.version = version;
        transfers.open();
        if (over.equals(Watched.CHANNEL)) return transfers::channel;
        return over.equals(Watched.ENGINE) ? transfers::engine : transfers::socket;
    }

    /**
     * Every other pair begins with the one that is watched. Warming up, most are: what makes the lines runs less often than
     * what does the handshakes, and is compiled as well as it can be after some 60,000 of them.
     */
    private void run() throws Exception {
        for (int i = 0; i < blocks.warmUp(); i++) block(i % 4 > 0);
        long written = written();
        for (int i = 0; i < blocks.pairs(); i++) {
            boolean watchedFirst = i % 2 == 0;
            double first = block(watchedFirst);
            double second = block(!watchedFirst);
            System.out.println(watchedFirst ? second + " " + first : first + " " + second);
        }
        System.out.println((double) (written() - written) / blocks.pairs() / blocks.operations());
    }

    /** What an operation takes, its lines in the log aside. */
    private double block(boolean isWatched) throws Exception {
        watching.turn(isWatched);
        Map<Long, Long> before = threads.nanos();
        for (int i = 0; i < blocks.operations(); i++) operation.run();
        double nanos = threads.since(before);
        if (isWatched) watched += blocks.operations();
        return nanos / blocks.operations();
    }

    /** What that one has taken, when it has written all that there is. */
    private long written() throws IOException, InterruptedException {
        lines.await(ends * watched);
        watched = 0;
        return threads.apart();
    }
}
