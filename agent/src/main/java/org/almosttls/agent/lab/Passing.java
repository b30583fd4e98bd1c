package org.almosttls.agent.lab;

import java.util.Arrays;
import java.util.List;

/**
 * A record that came to Mallory, and what he made of it.
 *
 * @param passed what went on at that moment
 * @param reflected what went back
 */
record Passing(WireRecord seen, List<WireRecord> passed, List<WireRecord> reflected) {

    /** Whether anything but the record itself went where it was meant to. */
    boolean isTampered() {
        return !reflected.isEmpty()
                || passed.size() != 1
                || !Arrays.equals(passed.get(0).bytes(), seen.bytes());
    }

    String words() {
        if (!reflected.isEmpty()) return "sends it back, and passes it on";
        if (passed.isEmpty()) return "keeps it";
        if (!isTampered()) return "passes it on";
        return passed.size() == 1 ? "passes it on altered" : "passes on " + passed.size() + " records";
    }
}
