package org.almosttls.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.almosttls.benchmarks.Way.Cost;
import org.openjdk.jmh.runner.RunnerException;

/** Ways to do the same, measured in turns, so that whatever else the machine does hits them alike. */
final class Comparison {

    private final String name;
    private final List<Way> ways;
    private final List<List<Cost>> rounds = new ArrayList<>();

    /** @param ways the first of which is what the others are compared with */
    Comparison(String name, Way... ways) {
        this.name = name;
        this.ways = List.of(ways);
    }

    /** Each way once, every other time from the last to the first. */
    void round(int iterations, List<String> words) throws RunnerException {
        boolean forth = rounds.size() % 2 == 0;
        Cost[] costs = new Cost[ways.size()];
        for (int i = 0; i < costs.length; i++) {
            int at = forth ? i : costs.length - 1 - i;
            costs[at] = ways.get(at).measure(iterations, words);
        }
        rounds.add(List.of(costs));
    }

    static String head() {
        return String.format("%-42s %12s %22s %12s", "", "CPU, us/op", "CPU, times the first's", "octets/op");
    }

    List<String> lines() {
        return IntStream.range(0, ways.size()).mapToObj(this::line).toList();
    }

    private String line(int way) {
        List<Double> ratios =
                sorted(round -> round.get(way).cpu() / round.get(0).cpu());
        return String.format(
                "%-42s %12.1f %22s %12.0f",
                name + ", " + ways.get(way).name(),
                quantile(sorted(round -> round.get(way).cpu()), 2),
                String.format("%.3f (%.3f-%.3f)", quantile(ratios, 2), quantile(ratios, 1), quantile(ratios, 3)),
                quantile(sorted(round -> round.get(way).octets()), 2));
    }

    private List<Double> sorted(ToDoubleFunction<List<Cost>> figure) {
        List<Double> all = new ArrayList<>();
        for (List<Cost> round : rounds) all.add(figure.applyAsDouble(round));
        Collections.sort(all);
        return all;
    }

    /** Of four: 2 is the median. */
    private static double quantile(List<Double> sorted, int quarter) {
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * quarter / 4));
    }
}
