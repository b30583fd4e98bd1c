package org.almosttls.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.almosttls.benchmarks.Way.Cost;
import org.openjdk.jmh.runner.RunnerException;

/** Ways to do the same, measured in turns, so that whatever else the machine does hits them alike. */
final class Comparison implements Measured {

    private final String name;
    private final List<Way> ways;
    private final List<List<Cost>> rounds = new ArrayList<>();

    /** @param ways the first of which is what the others are compared with */
    Comparison(String name, Way... ways) {
        this.name = name;
        this.ways = List.of(ways);
    }

    /** Each way once, every other time from the last to the first. */
    @Override
    public void round(boolean isLook, List<String> words) throws RunnerException {
        boolean forth = rounds.size() % 2 == 0;
        Cost[] costs = new Cost[ways.size()];
        for (int i = 0; i < costs.length; i++) {
            int at = forth ? i : costs.length - 1 - i;
            costs[at] = ways.get(at).measure(isLook ? Way.LOOK : Way.WHOLE, words);
        }
        rounds.add(List.of(costs));
    }

    @Override
    public String head() {
        return String.format("%-42s %12s %22s %12s", "", "CPU, us/op", "CPU, times the first's", "octets/op");
    }

    @Override
    public List<String> lines() {
        return IntStream.range(0, ways.size()).mapToObj(this::line).toList();
    }

    private String line(int way) {
        return String.format(
                "%-42s %12.1f %22s %12.0f",
                name + ", " + ways.get(way).name(),
                quartiles(round -> round.get(way).cpu()).median(),
                quartiles(round -> round.get(way).cpu() / round.get(0).cpu()),
                quartiles(round -> round.get(way).octets()).median());
    }

    private Quartiles quartiles(ToDoubleFunction<List<Cost>> figure) {
        return Quartiles.of(rounds.stream().map(figure::applyAsDouble).toList());
    }
}
