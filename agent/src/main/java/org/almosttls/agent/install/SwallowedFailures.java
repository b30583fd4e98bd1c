package org.almosttls.agent.install;

import java.util.function.BiConsumer;
import org.almosttls.agent.report.Told;

/** Tells of what advice has swallowed, once of each kind. Not to be made of a lambda: before {@code main} the first one costs milliseconds. */
final class SwallowedFailures implements BiConsumer<String, Throwable> {

    private final Told told;

    SwallowedFailures(Told told) {
        this.told = told;
    }

    @Override
    public void accept(String what, Throwable why) {
        told.failure(what, why);
    }
}
