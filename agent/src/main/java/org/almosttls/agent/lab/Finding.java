package org.almosttls.agent.lab;

import java.util.Optional;

/**
 * What became of a scenario in one column.
 *
 * @param seen none if there was nothing to run
 */
public record Finding(Scenario scenario, Column column, Outcome outcome, Optional<Observation> seen) {

    public Expectation expected() {
        return scenario.expected(column);
    }

    public boolean isRun() {
        return seen.isPresent();
    }

    /** Whether it is what the scenario specifies: the outcome, and what was noticed. */
    public boolean isAsSpecified() {
        if (outcome != expected().outcome()) return false;
        var allowed = expected().notices();
        return seen.map(Observation::notices)
                .map(notices -> allowed.containsAll(notices) && notices.isEmpty() == allowed.isEmpty())
                .orElse(true);
    }
}
