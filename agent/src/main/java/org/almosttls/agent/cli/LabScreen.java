package org.almosttls.agent.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.almosttls.agent.lab.Column;
import org.almosttls.agent.lab.Finding;
import org.almosttls.agent.lab.Item;
import org.almosttls.agent.lab.Observation;
import org.almosttls.agent.lab.Outcome;
import org.almosttls.agent.lab.Scenario;
import org.almosttls.agent.lab.Scenarios;
import org.almosttls.agent.lab.Told;
import org.almosttls.agent.lab.Walk.Person;
import org.almosttls.agent.lab.Walk.Phase;
import org.almosttls.agent.lab.Walk.Step;
import picocli.CommandLine.Help.Ansi;

/** What the lab shows: a block for each scenario, the table of all, and a connection step by step. */
final class LabScreen {

    private static final String INDENT = "   ";
    private static final int COLUMN_WIDTH = 10;
    private static final int OUTCOME_WIDTH = 24;

    private final PrintStream out;
    private final PrintStream err;
    private final Emphasis emphasis;

    /** @param err for what is wrong with the command line */
    LabScreen(PrintStream out, PrintStream err, Ansi ansi) {
        this.out = out;
        this.err = err;
        this.emphasis = new Emphasis(ansi);
    }

    void refusal(String reason) {
        err.println("lab: " + reason);
    }

    void opening() {
        out.println(emphasis.of("bold", "The lab: Bob orders, Alice takes orders, and Mallory is between them"));
        out.println("AlmostTLSv1 is spoken here, for learning: trust it with nothing. The weakened one is worse.");
    }

    void list() {
        Scenarios.ALL.forEach(each -> out.println(padded(each.name(), 20) + each.title()));
    }

    void block(Scenario scenario, List<Finding> findings) {
        out.println();
        out.println(emphasis.of("bold", scenario.title()) + " (" + scenario.name() + ")");
        out.println(INDENT + scenario.deed());
        findings.forEach(this::cell);
    }

    private void cell(Finding finding) {
        String setting = finding.scenario().setting(finding.column());
        out.println(INDENT
                + padded(finding.column().title(), COLUMN_WIDTH)
                + coloured(finding.outcome(), padded(finding.outcome().words(), OUTCOME_WIDTH))
                + finding.expected().mechanism()
                + (finding.column() == Column.WEAKENED && finding.isRun() ? " (" + setting + ")" : ""));
        if (!finding.isAsSpecified()) mismatch(finding);
        finding.seen().ifPresent(this::observed);
    }

    private void mismatch(Finding finding) {
        var expected = finding.expected();
        out.println(indented(emphasis.of(
                "bold,red",
                "not as specified: that was " + expected.outcome().words() + ", noticing " + expected.notices())));
    }

    private void observed(Observation seen) {
        out.println(faint("Bob " + Told.ofBob(seen)));
        out.println(faint("Alice " + Told.ofAlice(seen)));
        out.println(faint("Mallory " + Told.ofMallory(seen)));
    }

    private String faint(String text) {
        return indented(emphasis.of("faint", text));
    }

    private static String indented(String text) {
        return INDENT + " ".repeat(COLUMN_WIDTH) + text;
    }

    void summary(List<Finding> findings) {
        out.println();
        out.println(emphasis.of("bold", row("", List.of(Column.values()), Column::title)));
        findings.stream().map(Finding::scenario).distinct().forEach(scenario -> summaryOf(scenario, findings));
        var run = findings.stream().filter(Finding::isRun).toList();
        long right = run.stream().filter(Finding::isAsSpecified).count();
        out.println();
        out.println(emphasis.of(
                right == run.size() ? "bold,green" : "bold,red", right + " of " + run.size() + " cells as specified"));
    }

    private void summaryOf(Scenario scenario, List<Finding> findings) {
        var own = findings.stream().filter(each -> each.scenario() == scenario).toList();
        out.println(row(
                scenario.name(),
                own,
                each -> coloured(
                        each.outcome(),
                        padded(each.outcome().words() + (each.isAsSpecified() ? "" : " (!)"), OUTCOME_WIDTH))));
    }

    private static <T> String row(String name, List<T> cells, Function<T, String> text) {
        return padded(name, 20)
                + cells.stream()
                        .map(text)
                        .map(each -> padded(each, OUTCOME_WIDTH))
                        .collect(Collectors.joining())
                        .stripTrailing();
    }

    private String coloured(Outcome outcome, String text) {
        return emphasis.of(
                switch (outcome) {
                    case ATTACK_SUCCEEDS, UNCLEAR -> "red";
                    case NOTICED, LEARNS_NOTHING -> "green";
                    case NOTHING_TO_ATTACK, NOT_RUN -> "faint";
                },
                text);
    }

    void walking(Scenario scenario) {
        opening();
        out.println();
        out.println(emphasis.of("bold", scenario.title()) + " (" + scenario.name() + "), against the textbook");
        out.println(INDENT + scenario.deed());
    }

    void phase(int number, Phase phase) {
        out.println();
        out.println(emphasis.of("bold", number + ". " + phase.title()));
        phase.steps().forEach(this::step);
    }

    private void step(Step step) {
        out.println();
        out.println(INDENT + step.words());
        out.println(INDENT + padded("", COLUMN_WIDTH) + known(Item::title));
        for (var person : Person.values()) {
            var known = step.known().get(person);
            out.println(INDENT
                    + padded(person.title(), COLUMN_WIDTH)
                    + known(item -> known.contains(item) ? "known" : "-"));
        }
        step.exposed().forEach((name, hex) -> out.println(INDENT + emphasis.of("bold,red", name + " = " + hex)));
    }

    private static String known(Function<Item, String> text) {
        return Arrays.stream(Item.values())
                .map(item -> padded(text.apply(item), item == Item.PUBLIC_KEY ? 12 : 7))
                .collect(Collectors.joining())
                .stripTrailing();
    }

    void walked(Finding finding) {
        out.println();
        cell(finding);
    }

    void pause() {
        out.print(INDENT + "(Enter)");
        out.flush();
    }

    private static String padded(String text, int width) {
        return text.length() < width ? text + " ".repeat(width - text.length()) : text;
    }
}
