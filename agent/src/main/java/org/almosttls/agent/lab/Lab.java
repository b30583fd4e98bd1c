package org.almosttls.agent.lab;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs scenarios, and keeps the keys that all of them use. */
public final class Lab {

    private final Identities identities;

    private Lab(Identities identities) {
        this.identities = identities;
    }

    /** With fresh keys for everybody. */
    public static Lab open() throws GeneralSecurityException, IOException {
        return new Lab(Identities.create());
    }

    /** The scenario in every column. */
    public List<Finding> run(Scenario scenario) throws GeneralSecurityException, IOException, InterruptedException {
        var findings = new ArrayList<Finding>();
        for (var column : Column.values()) findings.add(run(scenario, column));
        return findings;
    }

    public Finding run(Scenario scenario, Column column)
            throws GeneralSecurityException, IOException, InterruptedException {
        var plan = scenario.plan(column);
        if (plan.setting().isEmpty()) return new Finding(scenario, column, Outcome.NOT_RUN, Optional.empty());
        try (var stage = new Stage(identities, plan.setting().get(), false)) {
            return finding(scenario, column, plan.attack().on(stage));
        }
    }

    /**
     * The scenario against the textbook, told step by step.
     *
     * @param expose whether the secrets themselves are to be told
     */
    public Walk walk(Scenario scenario, boolean expose)
            throws GeneralSecurityException, IOException, InterruptedException {
        var plan = scenario.plan(Column.TEXTBOOK);
        try (var stage = new Stage(identities, plan.setting().orElseThrow(), true)) {
            var seen = plan.attack().on(stage);
            return new Walk(new Narrator(stage, seen, expose).phases(), finding(scenario, Column.TEXTBOOK, seen));
        }
    }

    private static Finding finding(Scenario scenario, Column column, Observation seen) {
        return new Finding(scenario, column, scenario.goal().of(seen), Optional.of(seen));
    }
}
