package org.almosttls.agent.lab;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.Collectors;
import org.almosttls.registry.ContentType;

/**
 * Heartbleed (N. Mehta, and Codenomicon, 2014; CVE-2014-0160). Mallory is a client of Alice's, and asks for a sign of life
 * with a payload of one octet, which he says has 16384: who believes him sends back what lies behind it in memory. Then
 * he asks as one should, to see whether she answers at all.
 */
final class Heartbleed implements Attack {

    /** RFC 6520 §4: the least there must be. */
    private static final String PADDING = "16 octets behind";

    /** Heartbeat requests: type, payload_length, payload. The second is an octet longer, to know which one is answered. */
    private static final String LIE = "\u0001\u0040\u0000?" + PADDING;

    private static final String QUESTION = "\u0001\u0000\u0002??" + PADDING;

    @Override
    public Observation on(Stage stage) throws GeneralSecurityException, IOException, InterruptedException {
        var alice = stage.alice();
        var middle = stage.middle(alice.port(), Tamperings::heartbeats);
        stage.malloryBeats(middle.port(), List.of(LIE, QUESTION));
        var heard = alice.heard(1);
        return stage.seen(heard, judged(middle.log().stream().map(Passing::seen).toList()));
    }

    private static Mallory judged(List<WireRecord> all) {
        var asked = lengths(all, true);
        var answers = lengths(all, false);
        // RFC 6520 §4: the answer has the payload of the question, and here as much padding, and is sealed alike.
        boolean exact = asked.size() == 2 && answers.equals(asked.subList(1, 2));
        var words = "asked in records of " + words(asked) + " octets, was answered in " + words(answers);
        return new Mallory(exact ? List.of() : List.of("what is in Alice's memory, or whether it is"), true, words);
    }

    private static List<Integer> lengths(List<WireRecord> all, boolean fromMallory) {
        return all.stream()
                .filter(each -> each.fromBob() == fromMallory)
                .filter(each -> each.is(ContentType.HEARTBEAT) || fromMallory && each.is(ContentType.APPLICATION_DATA))
                .map(WireRecord::fragmentLength)
                .toList();
    }

    private static String words(List<Integer> lengths) {
        return lengths.isEmpty()
                ? "none"
                : lengths.stream().map(String::valueOf).collect(Collectors.joining(" and "));
    }
}
