package org.almosttls.agent.lab;

import java.util.List;
import java.util.stream.Stream;

/** What was seen when an attack was run. */
public record Observation(End bob, End alice, Mallory mallory) {

    /** What Bob or Alice has noticed, each once. */
    public List<String> notices() {
        return Stream.concat(bob.notices().stream(), alice.notices().stream())
                .distinct()
                .toList();
    }
}
