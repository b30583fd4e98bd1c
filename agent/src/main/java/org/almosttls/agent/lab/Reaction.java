package org.almosttls.agent.lab;

import java.util.List;
import java.util.stream.Collectors;
import org.almosttls.registry.ContentType;

/** What can be seen of how Alice takes a record. */
final class Reaction {

    private Reaction() {}

    /** Types and lengths of what she says, but for the handshake. */
    static String of(List<WireRecord> answers) {
        return answers.stream()
                .filter(each -> !each.is(ContentType.HANDSHAKE) && !each.is(ContentType.CHANGE_CIPHER_SPEC))
                .map(each -> nameOf(each) + " of " + each.fragmentLength() + " octets")
                .collect(Collectors.joining(", then "));
    }

    private static String nameOf(WireRecord record) {
        return ContentType.of(record.type())
                .map(type -> type == ContentType.ALERT ? "error record" : "record of type " + record.type())
                .orElse("unknown record");
    }
}
