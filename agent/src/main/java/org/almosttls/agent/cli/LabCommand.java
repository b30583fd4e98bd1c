package org.almosttls.agent.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.almosttls.agent.lab.Finding;
import org.almosttls.agent.lab.Lab;
import org.almosttls.agent.lab.LabJson;
import org.almosttls.agent.lab.Scenario;
import org.almosttls.agent.lab.Scenarios;
import org.almosttls.agent.lab.Walk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lab}: attacks, side by side. It ends with 0 if all went as specified, with 1 if not, with 2 if misspelt. */
@Command(
        name = "lab",
        description = "Attack the textbook protocol, a weakened one and TLS, side by side.",
        mixinStandardHelpOptions = true)
final class LabCommand implements Callable<Integer> {

    private static final int MISSPELT = 2;
    private static final String EXPOSE = "expose";

    private final PrintStream out;
    private final LabScreen screen;

    @Parameters(arity = "0..1", paramLabel = "SCENARIO", description = "One scenario only.")
    private String scenario = "";

    @Option(names = "--list", description = "Name the scenarios.")
    private boolean list;

    @Option(names = "--json", description = "One JSON document instead of text.")
    private boolean json;

    @Option(names = "--step", description = "One connection of the textbook, and who knows what after each message.")
    private boolean step;

    @Option(names = "--secrets", paramLabel = EXPOSE, description = "With --step: show the secrets of that connection.")
    private String secrets = "";

    LabCommand() {
        this(System.out, System.err, Ansi.AUTO);
    }

    LabCommand(PrintStream out, PrintStream err, Ansi ansi) {
        this.out = out;
        this.screen = new LabScreen(out, err, ansi);
    }

    @Override
    public Integer call() throws InterruptedException {
        String wrong = wrong();
        if (!wrong.isEmpty()) {
            screen.refusal(wrong);
            return MISSPELT;
        }
        try {
            return show();
        } catch (GeneralSecurityException | IOException e) {
            screen.refusal("it cannot be run here: " + e);
            return 1;
        }
    }

    private int show() throws GeneralSecurityException, IOException, InterruptedException {
        if (!list) return step ? walk() : run();
        screen.list();
        return 0;
    }

    /** What is wrong with the command line; empty if nothing is. */
    private String wrong() {
        if (!scenario.isEmpty() && Scenarios.named(scenario).isEmpty())
            return "unknown scenario '" + scenario + "'; known are "
                    + Scenarios.ALL.stream().map(Scenario::name).collect(Collectors.joining(", "));
        if (!secrets.isEmpty() && !secrets.equals(EXPOSE))
            return "--secrets=" + secrets + " is not known; there is --secrets=" + EXPOSE;
        if (!secrets.isEmpty() && !step) return "--secrets goes with --step only";
        return json && step ? "--json and --step do not go together" : "";
    }

    private int run() throws GeneralSecurityException, IOException, InterruptedException {
        if (!json) screen.opening();
        var lab = Lab.open();
        var findings = new ArrayList<Finding>();
        for (var each : chosen()) {
            var own = lab.run(each);
            if (!json) screen.block(each, own);
            findings.addAll(own);
        }
        if (json) LabJson.write(findings, out);
        else screen.summary(findings);
        return findings.stream().allMatch(Finding::isAsSpecified) ? 0 : 1;
    }

    private List<Scenario> chosen() {
        return Scenarios.named(scenario).map(List::of).orElse(Scenarios.ALL);
    }

    private int walk() throws GeneralSecurityException, IOException, InterruptedException {
        var chosen = chosen().get(0);
        screen.walking(chosen);
        var walk = Lab.open().walk(chosen, secrets.equals(EXPOSE));
        int number = 0;
        for (Walk.Phase phase : walk.phases()) {
            if (number > 0) awaitReader();
            number++;
            screen.phase(number, phase);
        }
        screen.walked(walk.finding());
        return walk.finding().isAsSpecified() ? 0 : 1;
    }

    private void awaitReader() {
        if (System.console() == null) return;
        screen.pause();
        System.console().readLine();
    }
}
