package org.almosttls.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** docs/agent.md has each command of the jar with each of its options, and no other. */
class DocumentedCommandsTest {

    private static final Path PAGE = Path.of("..", "docs", "agent.md");

    /** README.md shows these; what else the second can do its {@code --help} says, as that page says. */
    private static final Set<String> SHOWN_ELSEWHERE = Set.of("demo", "lab", "help");

    private static final Pattern OPTION = Pattern.compile("(?<=[ `])--[a-z]+");

    @TempDir
    private Path folder;

    private CommandLine line;
    private String page;

    @BeforeEach
    void read() throws IOException {
        Path jar = folder.resolve("empty.jar");
        try (OutputStream file = Files.newOutputStream(jar)) {
            new JarOutputStream(file, new Manifest()).close();
        }
        line = Commands.line(jar.toFile());
        page = Files.readString(PAGE);
    }

    /** Those that do something, by the words that are typed. */
    private Map<String, CommandLine> commands() {
        var all = new TreeMap<String, CommandLine>();
        line.getSubcommands().forEach((name, command) -> {
            if (SHOWN_ELSEWHERE.contains(name)) return;
            if (command.getSubcommands().isEmpty()) all.put(name, command);
            command.getSubcommands().forEach((second, below) -> all.put(name + " " + second, below));
        });
        return all;
    }

    private List<OptionSpec> options() {
        return commands().values().stream()
                .flatMap(command -> command.getCommandSpec().options().stream())
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .toList();
    }

    @Test
    void eachCommandIsShownAndNoOther() {
        Set<String> shown = Pattern.compile("(?m)^java -jar almost-tls-agent\\.jar ((ca )?[a-z]+)")
                .matcher(page)
                .results()
                .map(command -> command.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(commands().keySet(), shown);
    }

    @Test
    void eachOptionOfCommandsIsNamedAndNoOther() {
        Set<String> named = OPTION.matcher(page)
                .results()
                .map(option -> option.group())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> there =
                options().stream().map(OptionSpec::longestName).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(there, named);
    }

    /** Years and days in words. */
    @Test
    void whatHoldsIfNobodySaysAnythingIsNamed() {
        String flat = page.replace('\n', ' ');
        Map<String, String> words = Map.of("3650", "ten years");
        for (OptionSpec option : options()) {
            String usual = option.defaultValue();
            if (usual != null && !usual.equals("false"))
                assertTrue(flat.contains(words.getOrDefault(usual, "`" + usual + "`")), option.longestName());
        }
    }
}
