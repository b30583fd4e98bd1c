package org.almosttls.compliance;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.almosttls.alert.Violation;

/**
 * One demand that a peer can break.
 *
 * @param document as {@code RFC 5246}
 * @param section without the sign for it, or the name of an attack
 * @param breaker {@code client}, {@code server} or {@code either}
 * @param duty what the peer owes, in our words
 * @param answer the alert and the {@link Violation}, or {@link #BORNE}
 * @param tests as {@code record.RecordReaderTest.refusesRecordsThatAreTooLong}
 * @param excuse why no test shows it
 */
record Rule(
        String document,
        String section,
        String breaker,
        String duty,
        String answer,
        List<String> tests,
        Optional<String> excuse) {

    /** The answer to what the RFC tells us to put up with. */
    static final String BORNE = "borne";

    private static final String EXCUSED = "not done here: ";

    /** {@code section | breaker | duty | answer | tests}, or {@code not done here: reason} in place of the tests. */
    static Rule parse(String document, String line) {
        var fields = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        if (fields.size() != 5 || fields.contains("")) throw new IllegalArgumentException(document + ": " + line);
        String last = fields.get(4);
        boolean excused = last.startsWith(EXCUSED);
        return new Rule(
                document,
                fields.get(0),
                fields.get(1),
                fields.get(2),
                fields.get(3),
                excused ? List.of() : List.of(last.split("\\s+")),
                excused ? Optional.of(last) : Optional.empty());
    }

    Optional<Violation> violation() {
        if (answer.equals(BORNE)) return Optional.empty();
        return Optional.of(Violation.valueOf(answer.substring(answer.indexOf(' ') + 1)));
    }

    Optional<String> alert() {
        return violation().map(any -> answer.substring(0, answer.indexOf(' ')));
    }

    /** Whether this is the rule that the violation names. */
    boolean isAnsweredBy(Violation violation) {
        return violation().filter(violation::equals).isPresent() && place().equals(violation.section());
    }

    String place() {
        return document + " §" + section;
    }

    /** How it is told when something is wrong with it. */
    @Override
    public String toString() {
        return place() + ", " + duty;
    }
}
