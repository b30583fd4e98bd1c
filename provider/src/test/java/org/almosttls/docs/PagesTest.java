package org.almosttls.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What pages and code say of each other is there. */
class PagesTest {

    private static final Pattern CITED = Pattern.compile("(?:AlmostTLSv1|almost-tls-v1\\.md) §(\\d+)");
    private static final Pattern SECTION = Pattern.compile("(\\d+)\\. .*");

    static List<Path> pages() throws IOException {
        try (var top = Files.list(Page.REPOSITORY);
                var docs = Files.list(Page.REPOSITORY.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Path file) {
        var broken = Page.at(file).relativeLinks().stream()
                .filter(link -> !leadsSomewhere(file, link))
                .toList();
        assertEquals(List.of(), broken);
    }

    private static boolean leadsSomewhere(Path from, String link) {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? from : from.resolveSibling(path);
        return Files.exists(target) && (hash < 0 || Page.at(target).anchors().contains(link.substring(hash + 1)));
    }

    @Test
    void theCodeCitesOnlySectionsThatThereAre() throws IOException {
        var cited = new TreeSet<String>();
        for (var module : List.of("provider", "agent")) {
            try (var files = Files.walk(Page.REPOSITORY.resolve(module).resolve("src"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(file -> cited.addAll(citedIn(file)));
            }
        }
        assertFalse(cited.isEmpty());
        cited.removeAll(sections());
        assertEquals(Set.of(), cited);
    }

    private static Set<String> citedIn(Path file) {
        try {
            return CITED.matcher(Files.readString(file))
                    .results()
                    .map(cited -> cited.group(1))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> sections() {
        return Page.inDocs("almost-tls-v1.md").headings().stream()
                .map(SECTION::matcher)
                .filter(heading -> heading.matches())
                .map(heading -> heading.group(1))
                .collect(Collectors.toSet());
    }
}
