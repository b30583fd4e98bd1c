package org.almosttls.compliance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One page of rules: a file of the test resources, whose first line is {@code # RFC nnnn: its title}. */
record Rules(String document, String title, List<Rule> all) {

    private static final Path FOLDER = Path.of("src", "test", "resources", "org", "almosttls", "compliance");
    private static final String HEADING = "# ";

    static List<Rules> pages() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(Rules::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Rule> everyRule() {
        return pages().stream().flatMap(page -> page.all().stream());
    }

    private static Rules read(Path file) {
        try {
            var lines = Files.readAllLines(file);
            var heading = lines.get(0).substring(HEADING.length()).split(": ", 2);
            var rules = lines.stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> Rule.parse(heading[0], line))
                    .toList();
            return new Rules(heading[0], heading[1], rules);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
