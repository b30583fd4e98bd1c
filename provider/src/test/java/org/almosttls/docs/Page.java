package org.almosttls.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A page in Markdown: what of it can be checked. */
record Page(Path file, List<String> lines) {

    static final Path REPOSITORY = Path.of("..");

    private static final String FENCE = "```";
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    /**
     * What stands between fences.
     *
     * @param above the paragraph before it
     */
    record Block(String language, String above, String content) {}

    static Page at(Path file) {
        try {
            return new Page(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page of this name in docs/. */
    static Page inDocs(String name) {
        return at(REPOSITORY.resolve("docs").resolve(name));
    }

    /** All blocks, in order. */
    List<Block> blocks() {
        var blocks = new ArrayList<Block>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith(FENCE)) continue;
            int end = i + 1;
            while (!lines.get(end).equals(FENCE)) end++;
            blocks.add(new Block(lines.get(i).substring(FENCE.length()), above(i), joined(i + 1, end)));
            i = end;
        }
        return blocks;
    }

    private String above(int fence) {
        int end = fence;
        while (end > 0 && lines.get(end - 1).isBlank()) end--;
        int start = end;
        while (start > 0 && !lines.get(start - 1).isBlank()) start--;
        return joined(start, end);
    }

    private String joined(int from, int to) {
        return lines.subList(from, to).stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    List<String> headings() {
        return lines.stream()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceFirst("#+ ", ""))
                .toList();
    }

    /** What a link can name behind its #: headings in small letters, blanks as hyphens, other punctuation left out. */
    Set<String> anchors() {
        return headings().stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** The targets of all links that lead to files of the repository. */
    List<String> relativeLinks() {
        return LINK.matcher(String.join("\n", lines))
                .results()
                .map(link -> link.group(1))
                .filter(target -> !target.contains("://"))
                .toList();
    }
}
