package org.almosttls.interop;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.almosttls.registry.Role;

/**
 * The interop table: for each stack and role, how often each value was part of a connection that worked.
 *
 * @param ran what worked with each stack
 */
record InteropPage(Map<OtherStack, List<Combination>> ran) {

    /** What goes into a cell for which there is neither a connection nor a reason. */
    static final String HOLE = "HOLE";

    private static final String HEAD = """
            # Interoperability

            How often each value was part of a connection that worked in this run of the build, by the other stack and by \
            our role. Combinations are generated such that each pair of values that a stack can have comes up with it. Conscrypt is not tried: its sockets stall with ours as yet.
            """;

    String text() {
        var text = new StringBuilder(HEAD);
        for (var dimension : Dimension.values()) {
            text.append("\n## ")
                    .append(dimension.name().toLowerCase().replace('_', ' '))
                    .append("\n\n| |");
            columns().forEach(column -> text.append(' ').append(column).append(" |"));
            text.append("\n|---|")
                    .append("---|".repeat((int) columns().count()))
                    .append('\n');
            for (var value : dimension.choices()) text.append(row(dimension, value));
        }
        return text.append(combinations()).toString();
    }

    private record Column(OtherStack stack, Role role) {
        @Override
        public String toString() {
            return stack + ", we are " + role.name().toLowerCase();
        }
    }

    private static Stream<Column> columns() {
        return Stream.of(OtherStack.values())
                .flatMap(stack -> Stream.of(Role.values()).map(role -> new Column(stack, role)));
    }

    private String row(Dimension dimension, String value) {
        return columns()
                .map(column -> cell(column, dimension, value))
                .collect(Collectors.joining(" | ", "| " + value + " | ", " |\n"));
    }

    private String cell(Column column, Dimension dimension, String value) {
        if (dimension == Dimension.ROLE && !value.equals(column.role().name())) return "";
        if (!column.stack().isThere()) return "not installed";
        long worked = ran.getOrDefault(column.stack(), List.of()).stream()
                .filter(it -> it.role() == column.role() && it.has(dimension, value))
                .count();
        if (worked > 0) return Long.toString(worked);
        var reasons = Dimension.combinations()
                .filter(it -> it.role() == column.role() && it.has(dimension, value))
                .filter(it -> Exclusion.makesSense(column.stack(), it))
                .map(it -> Exclusion.reasons(column.stack(), it))
                .collect(Collectors.toSet());
        return reasons.contains(List.of()) || reasons.isEmpty() ? HOLE : shortest(reasons);
    }

    /** Those that suffice: what has a second reason as well needs it no less. */
    private static String shortest(Collection<List<String>> reasons) {
        int least = reasons.stream().mapToInt(List::size).min().orElseThrow();
        return reasons.stream()
                .filter(each -> each.size() == least)
                .flatMap(List::stream)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private String combinations() {
        var text = new StringBuilder("\n## Every connection\n\n");
        ran.forEach((stack, all) -> all.forEach(
                it -> text.append("- ").append(stack).append(' ').append(it).append('\n')));
        return text.toString();
    }
}
