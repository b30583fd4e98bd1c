package org.almosttls.agent.lab;

import java.util.List;

/**
 * What a scenario specifies for one column.
 *
 * @param mechanism what stops the attack, or what is missing where it succeeds
 * @param notices what an end may notice, by the names of {@code Violation} or {@code Ending}; at least one of them if it
 *     is noticed at all
 */
public record Expectation(Outcome outcome, String mechanism, List<String> notices) {

    static Expectation succeeds(String missing) {
        return new Expectation(Outcome.ATTACK_SUCCEEDS, missing, List.of());
    }

    static Expectation noticed(String mechanism, String... notices) {
        return new Expectation(Outcome.NOTICED, mechanism, List.of(notices));
    }

    static Expectation learnsNothing(String mechanism, String... notices) {
        return new Expectation(Outcome.LEARNS_NOTHING, mechanism, List.of(notices));
    }

    static Expectation nothingToAttack(String reason) {
        return new Expectation(Outcome.NOTHING_TO_ATTACK, reason, List.of());
    }

    static Expectation notRun(String reason) {
        return new Expectation(Outcome.NOT_RUN, reason, List.of());
    }

    /** The same attack may also make an end notice this. */
    Expectation whileNoticed(String... names) {
        return new Expectation(outcome, mechanism, List.of(names));
    }
}
