package org.almosttls.interop;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.almosttls.registry.Role;

/** The interop table: for each stack and role, how often each value was part of a combination that worked. */
final class InteropPage {

    /** What stands where there is neither a connection nor a reason. */
    static final String HOLE = "HOLE";

    private static final String HEAD = """
            # Interoperability

            In how many combinations each value was part of connections that worked in this run of the build, by the \
            other stack and by our role: **C**, we are the client, **S**, we are the server. In each column every pair \
            of values has come together that can; what cannot has a letter, and its reason is below.
            """;

    private final Map<OtherStack, List<Combination>> ran;
    private final List<Column> columns = Stream.of(OtherStack.values())
            .flatMap(stack -> Stream.of(Role.values()).map(role -> new Column(stack, role)))
            .toList();
    /** In the order of their letters. */
    private final Set<String> reasons = new LinkedHashSet<>();

    /**
     * @param ran what worked with each stack
     */
    InteropPage(Map<OtherStack, List<Combination>> ran) {
        this.ran = ran;
    }

    private record Column(OtherStack stack, Role role) {
        boolean has(Combination combination) {
            return combination.role() == role;
        }
    }

    String text() {
        var text = new StringBuilder(HEAD).append(head("## All"));
        text.append(row("combinations", column -> count(column, any -> true)));
        text.append(row(
                "connections",
                column -> worked(column)
                                .mapToInt(it -> it.resumption().connections())
                                .sum() + ""));
        for (var dimension : Dimension.values()) if (dimension != Dimension.ROLE) text.append(table(dimension));
        text.append(suites());
        var pairs = pairs();
        text.append("\n## Why not\n\n");
        for (var reason : reasons) text.append("- **" + letter(reason) + "** " + reason + "\n");
        return text.append(pairs).toString();
    }

    private String head(String title) {
        var text = new StringBuilder("\n" + title + "\n\n| |");
        for (var column : columns)
            text.append(" " + column.stack() + " " + column.role().name().charAt(0) + " |");
        return text.append("\n|---|" + "---:|".repeat(columns.size()) + "\n").toString();
    }

    /** What a cell says. */
    private interface Cell {
        String in(Column column);
    }

    private String row(String title, Cell cell) {
        return columns.stream().map(cell::in).collect(Collectors.joining(" | ", "| " + title + " | ", " |\n"));
    }

    private Stream<Combination> worked(Column column) {
        return ran.getOrDefault(column.stack(), List.of()).stream().filter(column::has);
    }

    private String count(Column column, Predicate<Combination> what) {
        return Long.toString(worked(column).filter(what).count());
    }

    private String table(Dimension dimension) {
        var rows = new StringBuilder(head("## " + dimension.word()));
        for (var value : dimension.choices())
            if (Plan.SENSIBLE.stream().anyMatch(it -> it.has(dimension, value)))
                rows.append(row(value, column -> cell(column, it -> it.has(dimension, value))));
        return rows.toString();
    }

    private String suites() {
        var rows = new StringBuilder(head("## suite"));
        Plan.SENSIBLE.stream()
                .map(Combination::suite)
                .distinct()
                .forEach(suite -> rows.append(row(
                        suite, column -> cell(column, it -> it.suite().equals(suite)))));
        return rows.toString();
    }

    private String cell(Column column, Predicate<Combination> what) {
        if (!column.stack().isThere()) return "not installed";
        String count = count(column, what);
        if (!count.equals("0")) return count;
        return Plan.SENSIBLE.stream()
                .filter(what.and(column::has))
                .map(it -> Exclusion.reasons(column.stack(), it))
                .min(Comparator.comparingInt(List::size))
                .filter(fewest -> !fewest.isEmpty())
                .map(this::letters)
                .orElse(HOLE);
    }

    private String letters(List<String> why) {
        reasons.addAll(why);
        return why.stream().map(this::letter).collect(Collectors.joining(" "));
    }

    private String letter(String reason) {
        return Character.toString('a' + List.copyOf(reasons).indexOf(reason));
    }

    /** Pairs that never came together, though each of the two values came up. */
    private String pairs() {
        var text = new StringBuilder("\n## Pairs of values that do not come together\n\n");
        for (var column : columns) {
            if (!column.stack().isThere()) continue;
            missing(column)
                    .forEach((why, pairs) -> text.append("- " + column.stack() + " "
                            + column.role().name().charAt(0) + ", " + why + ": " + String.join("; ", pairs) + "\n"));
        }
        return text.toString();
    }

    /** By the letters of the reasons. */
    private Map<String, List<String>> missing(Column column) {
        var had = new Pairs();
        worked(column).forEach(had::add);
        var fewest = new HashMap<Integer, List<String>>();
        Plan.SENSIBLE.stream().filter(column::has).forEach(it -> {
            var pairs = Pairs.of(it);
            if (had.countMissing(pairs) == 0) return;
            var why = Exclusion.reasons(column.stack(), it);
            for (int pair : pairs)
                if (!had.has(pair)) fewest.merge(pair, why, (one, other) -> one.size() <= other.size() ? one : other);
        });
        var found = new TreeMap<String, List<String>>();
        fewest.forEach((pair, why) -> name(column, pair, why.isEmpty())
                .ifPresent(name -> found.computeIfAbsent(why.isEmpty() ? HOLE : letters(why), any -> new ArrayList<>())
                        .add(name)));
        return found;
    }

    /** Nothing where one of the values never came up anyway, and has a cell that says so. */
    private Optional<String> name(Column column, int pair, boolean hole) {
        var values = Pairs.valuesOf(pair);
        boolean known = values.stream()
                .anyMatch(value -> worked(column).noneMatch(it -> it.has(value.dimension(), value.name())));
        if (known && !hole) return Optional.empty();
        return Optional.of(values.get(0) + " with " + values.get(1));
    }
}
