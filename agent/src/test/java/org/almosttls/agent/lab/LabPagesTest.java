package org.almosttls.agent.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages send their readers to the lab by the names of its scenarios. */
class LabPagesTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern COMMAND = Pattern.compile("almost-tls lab ([a-z][a-z-]*)");
    /** In the tables of promises. */
    private static final Pattern LAST_CELL = Pattern.compile("(?m)^\\|.*\\| `([a-z][a-z-]*)` \\|$");

    private static final Set<String> KNOWN =
            Scenarios.ALL.stream().map(Scenario::name).collect(Collectors.toCollection(TreeSet::new));

    private static Set<String> named(Pattern pattern, String page) throws IOException {
        return pattern.matcher(Files.readString(ROOT.resolve(page)))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theTablesOfPromisesNameEveryScenario() throws IOException {
        assertEquals(KNOWN, named(LAST_CELL, "docs/almost-tls-v1.md"));
    }

    @Test
    void everyCommandOnAPageNamesAScenario() throws IOException {
        var unknown = new TreeSet<String>();
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            for (var page :
                    pages.filter(each -> each.toString().endsWith(".md")).toList())
                unknown.addAll(named(COMMAND, "docs/" + page.getFileName()));
        }
        unknown.addAll(named(COMMAND, "README.md"));
        unknown.removeAll(KNOWN);
        assertEquals(Set.of(), unknown);
    }
}
