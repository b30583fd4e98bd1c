package org.almosttls.compliance;

import java.util.Arrays;
import java.util.List;

/**
 * One thing that is promised of a protocol.
 *
 * @param heading what it belongs to
 * @param words in ours
 * @param tests that show it, as in a {@link Rule}
 */
record Promise(String heading, String words, List<String> tests) {

    /** {@code words | tests}. */
    static Promise parse(String heading, String line) {
        var fields = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        if (fields.size() != 2 || fields.contains("")) throw new IllegalArgumentException(line);
        return new Promise(heading, fields.get(0), List.of(fields.get(1).split("\\s+")));
    }

    @Override
    public String toString() {
        return heading + ": " + words;
    }
}
