package org.almosttls.compliance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One row of the page of differences from the platform's provider.
 *
 * @param tests as in a {@link Rule}; those of the control suite without the provider
 */
record Difference(String what, String why, List<String> tests) {

    private static final Path PAGE = Path.of("..", "docs", "differences.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final String CONTROL = "control.";

    static List<Difference> all() {
        try {
            return Files.readAllLines(PAGE).stream()
                    .filter(line -> line.startsWith("| ") && !line.startsWith("| what differs"))
                    .map(Difference::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Difference parse(String row) {
        var cells = Arrays.stream(row.split("\\|", -1)).map(String::strip).toList();
        if (cells.size() != 5 || cells.subList(1, 4).contains("")) throw new IllegalArgumentException(row);
        var tests = CODE.matcher(cells.get(3))
                .results()
                .map(found -> found.group(1))
                .toList();
        return new Difference(cells.get(1), cells.get(2), tests);
    }

    /** The tests as they are run. */
    Stream<String> runs() {
        return tests.stream()
                .flatMap(test ->
                        test.startsWith(CONTROL) ? Contract.runsOf(test.substring(CONTROL.length())) : Stream.of(test));
    }
}
