package org.almosttls.compliance;

import java.util.Map;
import org.almosttls.alert.Violation;

/** Violations that no peer can provoke in a test by a message, and why; tests provoke them in other ways. */
final class OurOwn {

    static final Map<Violation, String> VIOLATIONS = Map.of(
            Violation.SEQUENCE_EXHAUSTED, "it takes 2^64 records",
            Violation.DECOMPRESSION_FAILED, "our own ends compress as they should, and nobody else has the keys",
            Violation.TEXTBOOK_PEER_ELSEWHERE, "it needs a peer on another machine");

    private OurOwn() {}
}
