package sample.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;

/** The commands that {@code sample-apps/README.md} tells its readers to type. */
public final class Readme {

    private Readme() {}

    /** The arguments of every command that runs {@code tool} and mentions {@code what}, in order; at least one. */
    public static List<List<String>> commands(String tool, String what) {
        try (var lines = Files.lines(SampleApp.root().resolve("sample-apps/README.md"))) {
            var found = lines.filter(line -> line.startsWith(tool + " ") && line.contains(what))
                    .map(line -> List.of(line.split(" +")))
                    .map(words -> words.subList(1, words.size()))
                    .toList();
            if (found.isEmpty()) {
                throw new AssertionError("the README has no " + tool + " command with " + what);
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same arguments where the jars, the reader's key stores and the ports of servers are elsewhere. */
    public static List<String> retold(List<String> arguments, Path keyStores, int port) {
        String folder = Matcher.quoteReplacement(keyStores + File.separator);
        return arguments.stream()
                .map(Readme::inCheckout)
                .map(word -> word.replaceFirst("\\b(server|trust)\\.p12$", folder + "$1.p12"))
                .map(word -> word.replaceFirst("\\b(8443|8444|8445|5432|9093)\\b", Integer.toString(port)))
                .toList();
    }

    private static String inCheckout(String word) {
        String agent = word.startsWith("-javaagent:") ? "-javaagent:" : "";
        return word.endsWith(".jar") ? agent + SampleApp.root().resolve(word.substring(agent.length())) : word;
    }
}
