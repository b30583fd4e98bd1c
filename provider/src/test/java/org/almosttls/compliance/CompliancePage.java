package org.almosttls.compliance;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.almosttls.alert.Violation;
import org.almosttls.testkit.Provocations.Way;

/** The rules and what a run of the tests showed of them, as Markdown. */
record CompliancePage(RunRecord run) {

    private static final String HEAD = """
            # Compliance

            What a peer owes by the RFCs, what it gets when it does not keep to it, and the tests that showed it in this \
            run of the build. *borne* is what the RFC has us put up with. Tests are below `org.almosttls`.
            """;

    String text() {
        var text = new StringBuilder(HEAD);
        for (var page : Rules.pages()) {
            text.append("\n## %s: %s\n\n".formatted(page.document(), page.title()));
            text.append("| section | can be broken by | demand | answer | shown by |\n|---|---|---|---|---|\n");
            page.all().forEach(rule -> text.append(row(rule)));
        }
        text.append(
                "\n## Violations\n\nEach came up in so many tests: as octets on a connection, as whole messages, or");
        text.append(" at a part of the stack.\n\n| violation | alert | rule | octets | messages | parts |\n");
        text.append("|---|---|---|---|---|---|\n");
        Arrays.stream(Violation.values()).forEach(violation -> text.append(row(violation)));
        return text.toString();
    }

    private String row(Rule rule) {
        String answer = rule.violation()
                .map(violation -> rule.alert().orElseThrow() + " (`" + violation + "`)")
                .orElse(rule.answer());
        String shown = rule.excuse()
                .orElseGet(() -> String.join(
                        "<br>", rule.tests().stream().map(run::shown).toList()));
        return "| %s | %s | %s | %s | %s |\n".formatted(rule.section(), rule.breaker(), rule.duty(), answer, shown);
    }

    private String row(Violation violation) {
        var counts = new TreeMap<Way, Integer>();
        run.provoked()
                .getOrDefault(violation.name(), Map.of())
                .values()
                .forEach(way -> counts.merge(way, 1, Integer::sum));
        return "| `%s` | %s | %s | %d | %d | %d |\n"
                .formatted(
                        violation,
                        violation.alert().name(),
                        violation.section(),
                        counts.getOrDefault(Way.OCTETS, 0),
                        counts.getOrDefault(Way.MESSAGE, 0),
                        counts.getOrDefault(Way.PART, 0));
    }
}
