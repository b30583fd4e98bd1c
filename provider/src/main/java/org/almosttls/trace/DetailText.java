package org.almosttls.trace;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.almosttls.event.Direction;
import org.almosttls.trace.DetailLine.Kind;
import org.almosttls.trace.DetailLine.Protection;

/** A line for people who follow a handshake: what is said, and of long values their beginning. */
final class DetailText {

    private static final String TYPE = "type";
    private static final int MOST_OF_OCTETS = 16;

    private DetailText() {}

    static byte[] render(DetailLine line, long missing) {
        var parts = new ArrayList<String>();
        parts.add(TextFormat.who(line.opening(), line.time(), Optional.empty()));
        parts.add("#" + line.opening().connection() + (line.direction() == Direction.SENT ? " sends " : " receives ")
                + line.name() + length(line)
                + line.protection().map(DetailText::under).orElse(""));
        // Whoever wants every octet of a message reads JSON.
        if (line.kind() == Kind.RECORD) line.head().all().forEach((name, value) -> parts.add(inWords(name, value)));
        else if (line.head().all().containsKey(UndecodedFacts.NAME))
            parts.add(inWords(UndecodedFacts.NAME, line.head().all().get(UndecodedFacts.NAME)));
        line.body().all().forEach((name, value) -> parts.add(inWords(name, value)));
        return (lost(missing) + String.join(" | ", parts) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String lost(long missing) {
        return missing == 0 ? "" : "AlmostTLS: lost " + missing + " lines of messages and records before the next\n";
    }

    private static String length(DetailLine line) {
        return line.kind() == Kind.MESSAGE && line.head().all().get("length") instanceof Facts.Number length
                ? " of " + length.number() + " B"
                : "";
    }

    private static String under(Protection protection) {
        if (!protection.isProtected()) return " in plaintext";
        return protection.keys().map(keys -> " under " + keys).orElse(" under keys");
    }

    private static String inWords(String name, Facts.Value value) {
        return name + " " + inWords(value);
    }

    private static String inWords(Facts.Value value) {
        if (value instanceof Facts.Text text) return Printable.of(text.text());
        if (value instanceof Facts.Octets octets) return beginning(octets.hex());
        if (value instanceof Facts.Number number) return Long.toString(number.number());
        if (value instanceof Facts.Texts texts) return Printable.of(String.join(" ", texts.texts()));
        if (value instanceof Facts.Several several) return several(several.each());
        return inWords(((Facts.Inner) value).facts());
    }

    private static String several(List<Facts> each) {
        return each.stream().map(DetailText::inWords).collect(Collectors.joining("; "));
    }

    /** In brackets, so that what is within cannot be taken for what follows; a type stands before them. */
    private static String inWords(Facts facts) {
        var type = Optional.ofNullable(facts.all().get(TYPE))
                .map(DetailText::inWords)
                .orElse("");
        var rest = facts.all().entrySet().stream()
                .filter(each -> !each.getKey().equals(TYPE))
                .map(each -> inWords(each.getKey(), each.getValue()))
                .collect(Collectors.joining(", "));
        return rest.isEmpty() && !type.isEmpty() ? type : type + "(" + rest + ")";
    }

    private static String beginning(String hex) {
        return hex.length() > 2 * MOST_OF_OCTETS ? hex.substring(0, 2 * MOST_OF_OCTETS) + "..." : hex;
    }
}
