package sample.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/** The commands that {@code sample-apps/README.md} tells its readers to type. */
public final class Readme {

    private Readme() {}

    /** What follows the jar of a sample in the one command that runs it with these words among them. */
    public static List<String> arguments(String sample, String... words) {
        String jar = "sample-apps/" + sample + "/target/" + sample + ".jar";
        var found = commands("java", jar).stream()
                .map(command -> command.subList(command.indexOf(jar) + 1, command.size()))
                .filter(arguments -> arguments.containsAll(List.of(words)))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("not one command of " + sample + " with " + List.of(words) + ": " + found);
        }
        return found.get(0);
    }

    /** Every command that starts with {@code start} and mentions {@code what}, split at blanks, in order. */
    public static List<List<String>> commands(String start, String what) {
        try (var lines = Files.lines(SampleApp.root().resolve("sample-apps/README.md"))) {
            return lines.filter(line -> line.startsWith(start + " ") && line.contains(what))
                    .map(line -> List.of(line.split(" +")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
