package org.almosttls.benchmarks;

import java.util.List;
import java.util.Locale;

/** What a quarter, a half, and three quarters of many figures are below. */
record Quartiles(double first, double median, double third) {

    static Quartiles of(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        return new Quartiles(quantile(sorted, 1), quantile(sorted, 2), quantile(sorted, 3));
    }

    private static double quantile(List<Double> sorted, int quarter) {
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * quarter / 4));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f (%.3f-%.3f)", median, first, third);
    }
}
