package org.almosttls.compliance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One page of promises: a file of the test resources, {@code # title}, then {@code ## heading} above its promises. */
record Promises(String title, List<Promise> all) {

    private static final Path FOLDER = Path.of("src", "test", "resources", "org", "almosttls", "promises");
    private static final String TITLE = "# ";
    private static final String HEADING = "## ";

    static List<Promises> pages() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(Promises::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Promise> everyPromise() {
        return pages().stream().flatMap(page -> page.all().stream());
    }

    private static Promises read(Path file) {
        try {
            var lines = Files.readAllLines(file);
            var all = new ArrayList<Promise>();
            String heading = "";
            for (var line : lines) {
                if (line.startsWith(HEADING)) heading = line.substring(HEADING.length());
                else if (!line.isBlank() && !line.startsWith(TITLE)) all.add(Promise.parse(heading, line));
            }
            return new Promises(lines.get(0).substring(TITLE.length()), List.copyOf(all));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
