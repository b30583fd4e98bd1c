package org.almosttls.compliance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.almosttls.testkit.Provocations.Way;

/**
 * What a run of the tests came to, as {@link Recorder} wrote it.
 *
 * @param outcomes of the tests by their names
 * @param provoked the violations that came up: by their names, the tests and the way in each
 * @param classes that were run, below our root package
 */
record RunRecord(Map<String, Outcome> outcomes, Map<String, Map<String, Way>> provoked, Set<String> classes) {

    /** The system property that names the folder, of a file for each JVM; without it nothing is recorded. */
    static final String PROPERTY = "almosttls.run.record";

    private static final Path TEST_CLASSES = Path.of("target", "test-classes", "org", "almosttls");

    /** Of all invocations of a test; the later one here wins. */
    enum Outcome {
        LEFT_OUT,
        PASSED,
        FAILED;

        Outcome and(Outcome other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    static RunRecord empty() {
        return new RunRecord(new TreeMap<>(), new TreeMap<>(), new TreeSet<>());
    }

    /** Everything is one line of words, in any of the files there. */
    static RunRecord read(Path folder) throws IOException {
        var record = empty();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) for (var line : Files.readAllLines(file)) record.take(line.split(" "));
        }
        return record;
    }

    private void take(String... words) {
        switch (words[0]) {
            case "class" -> classes.add(words[1]);
            case "test" -> add(words[1], Outcome.valueOf(words[2]));
            default -> addProvoked(words[1], words[3], Way.valueOf(words[2]));
        }
    }

    void add(String test, Outcome outcome) {
        outcomes.merge(test, outcome, Outcome::and);
    }

    void addProvoked(String violation, String test, Way way) {
        provoked.computeIfAbsent(violation, any -> new HashMap<>())
                .merge(test, way, (one, other) -> one.compareTo(other) < 0 ? one : other);
    }

    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        classes.forEach(each -> lines.add("class " + each));
        outcomes.forEach((test, outcome) -> lines.add("test " + test + " " + outcome));
        provoked.forEach((violation, tests) ->
                tests.forEach((test, way) -> lines.add("provoked " + violation + " " + way + " " + test)));
        Files.write(file, lines);
    }

    /** The test's name for a table, and how it ended if it did not pass. */
    String shown(String test) {
        var outcome = outcomes.getOrDefault(test, Outcome.FAILED);
        return "`" + test + "`" + (outcome == Outcome.PASSED ? "" : " **" + outcome + "**");
    }

    /** The classes of tests that there are and that were not run. */
    Set<String> missing() {
        try (Stream<Path> files = Files.walk(TEST_CLASSES)) {
            return files.map(file -> TEST_CLASSES.relativize(file).toString())
                    .filter(file -> file.endsWith("Test.class") && !file.contains("$"))
                    .map(file -> file.replace(".class", "").replace('/', '.').replace('\\', '.'))
                    .filter(name -> !classes.contains(name))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
