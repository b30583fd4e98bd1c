package org.almosttls.agent.lab;

import java.util.List;
import java.util.function.Predicate;
import org.almosttls.event.TlsEvent.Ending;

/**
 * What Mallory is after.
 *
 * @param learning whether to know something is all, so that being noticed is no matter
 */
public record Goal(boolean learning, Predicate<Observation> reached) {

    /** To read along. */
    static final Goal TO_READ = new Goal(true, seen -> !seen.mallory().learned().isEmpty());

    /** That Bob gives his orders to him. */
    static final Goal TO_BE_ALICE =
            new Goal(false, seen -> seen.mallory().learned().equals(List.of(String.join("", Client.ORDERS))));

    /** That Bob takes his own words for hers. */
    static final Goal TO_FOOL_BOB =
            new Goal(false, seen -> seen.bob().texts().equals(List.of(Client.ORDERS.get(0))) && isUnnoticed(seen));

    /** That both are content with less than they could have had. */
    static final Goal TO_WEAKEN = new Goal(
            false,
            seen -> seen.alice().texts().equals(List.of(String.join("", Client.ORDERS)))
                    && seen.alice().suites().stream().noneMatch(Tamperings::isStrong)
                    && seen.alice().suites().equals(seen.bob().suites())
                    && seen.mallory().touched()
                    && isUnnoticed(seen));

    /** That Alice takes this for Bob's whole will, over each of her connections. */
    static Goal aliceTakes(String... texts) {
        return new Goal(false, seen -> seen.alice().texts().equals(List.of(texts)) && isUnnoticed(seen));
    }

    /** No exception either, and no session that says more than that its transport has ended. */
    private static boolean isUnnoticed(Observation seen) {
        return seen.notices().isEmpty()
                && seen.alice().exceptions().isEmpty()
                && !seen.alice().endings().contains(Ending.FAILED.name());
    }

    Outcome of(Observation seen) {
        if (reached.test(seen)) return Outcome.ATTACK_SUCCEEDS;
        if (learning) return Outcome.LEARNS_NOTHING;
        if (!seen.notices().isEmpty()) return Outcome.NOTICED;
        return seen.mallory().touched() ? Outcome.UNCLEAR : Outcome.NOTHING_TO_ATTACK;
    }
}
