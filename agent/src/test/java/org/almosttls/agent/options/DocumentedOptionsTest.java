package org.almosttls.agent.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** README.md and docs/agent.md say of each option what {@code help} says, and all of them what is so. */
class DocumentedOptionsTest {

    private static final Path README = Path.of("..", "README.md");
    private static final Path PAGE = Path.of("..", "docs", "agent.md");

    /** How README.md calls the kinds of values. */
    private static final Map<String, String> KINDS = Map.of(
            "FILE", "a file", "TIME", "a time", "RULES", "rules", "OCTETS", "octets", "FILES", "files", "PORTS",
            "ports", "HOSTS", "hosts", "NAMES", "names", "TEXT", "text");

    /** Where options are given. */
    private enum Place {
        OPTIONS,
        PROPERTY,
        ENVIRONMENT,
        FILE
    }

    /** What is said of an option that has not all of them. */
    private static final Map<String, Set<Place>> SAID = Map.of(
            "by the system property, the environment or the configuration file only",
            EnumSet.of(Place.PROPERTY, Place.ENVIRONMENT, Place.FILE),
            "it cannot name another",
            EnumSet.of(Place.OPTIONS, Place.PROPERTY, Place.ENVIRONMENT),
            "among the agent's options only",
            EnumSet.of(Place.OPTIONS));

    private static final String AS_BEFORE = "if it has one, in the same way";

    @TempDir
    private Path folder;

    /** The cells of its line. */
    private static List<String> row(Path page, AgentOption option) throws IOException {
        String begin = "| `" + option.word() + "` |";
        List<String> lines = Files.readAllLines(page).stream()
                .filter(line -> line.startsWith(begin))
                .toList();
        assertEquals(1, lines.size(), begin);
        return Arrays.stream(lines.get(0).split("\\|"))
                .skip(1)
                .map(String::strip)
                .toList();
    }

    private static String last(List<String> cells) {
        return cells.get(cells.size() - 1);
    }

    @ParameterizedTest
    @EnumSource
    void readmeHasItsValuesAndItsDefault(AgentOption option) throws IOException {
        List<String> cells = row(README, option);
        String values = Arrays.stream(option.choices().split("\\|"))
                .filter(value -> !value.isEmpty())
                .map(value -> KINDS.getOrDefault(value, "`" + value + "`"))
                .collect(Collectors.joining(", "));
        assertEquals(values, cells.get(1));
        assertEquals(option.usual(), cells.get(2).replace("`", ""));
    }

    @ParameterizedTest
    @EnumSource
    void thePageNamesEachValueButTheUsual(AgentOption option) throws IOException {
        String meaning = last(row(PAGE, option));
        for (String value : option.choices().split("\\|")) {
            boolean isOne = !value.isEmpty() && !KINDS.containsKey(value);
            if (isOne && !option.usual().startsWith(value))
                assertTrue(meaning.contains("`" + value + "`"), () -> value + " in: " + meaning);
        }
    }

    @Test
    void thePageNamesWhatCanBeSetWhileTheApplicationRuns() throws IOException {
        String row = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `set PID "))
                .findFirst()
                .orElseThrow();
        for (String word : AgentOption.changeable().split(", "))
            assertTrue(row.matches(".*`" + word + "(=\\w+)?`.*"), word);
    }

    @ParameterizedTest
    @EnumSource
    void whereItMayBeGivenIsSaidEverywhereAndIsSo(AgentOption option) throws Exception {
        Set<Place> heard = EnumSet.noneOf(Place.class);
        for (Place place : Place.values()) if (isHeard(option, place)) heard.add(place);
        assertEquals(heard, said(option.meaning(), AgentOption.UPGRADE_KEYSTORE_PASSWORD.meaning()), "help");
        for (Path page : List.of(README, PAGE)) {
            String before = last(row(page, AgentOption.UPGRADE_KEYSTORE_PASSWORD));
            assertEquals(heard, said(last(row(page, option)), before), page::toString);
        }
    }

    private static Set<Place> said(String meaning, String before) {
        if (meaning.contains(AS_BEFORE)) return said(before, "");
        return SAID.entrySet().stream()
                .filter(each -> meaning.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(EnumSet.allOf(Place.class));
    }

    private boolean isHeard(AgentOption option, Place place) throws IOException {
        Path file = Files.writeString(folder.resolve("x.properties"), "");
        String value = option == AgentOption.CONFIG ? file.toString() : "x";
        Properties properties = new Properties();
        Map<String, String> environment = Map.of();
        String text = "";
        switch (place) {
            case OPTIONS -> text = option.word() + (option.isQuestion() ? "" : "=" + value);
            case PROPERTY -> properties.setProperty(option.property(), value);
            case ENVIRONMENT -> environment = Map.of(option.variable(), value);
            case FILE -> {
                Files.writeString(file, option.word() + "=" + value + "\n");
                text = "config=" + file;
            }
        }
        try {
            return GivenWords.from(text, properties, environment).has(option);
        } catch (OptionRefused refused) {
            return false;
        }
    }

    /** The three say in one sentence each what holds for all others. */
    @Test
    void theOrderOfPlacesIsTheSameEverywhere() throws IOException {
        for (String text : List.of(AgentOptions.helpText(), Files.readString(README), Files.readString(PAGE))) {
            String flat = text.replaceAll("\\s+", " ");
            assertTrue(
                    flat.matches(
                            "(?s).*Each word is also a system property \\(.*?\\), an environment variable \\(.*?\\)"
                                    + " and a line of (the|a) configuration file.{0,11}; the first of these that says something"
                                    + " wins\\..*"),
                    flat);
        }
    }
}
