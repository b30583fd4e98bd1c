package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What docs/agent.md has people type behind {@code -javaagent}. */
final class AgentPage {

    static final Path PATH = Path.of("..", "docs", "agent.md");

    private static final Pattern COMMAND =
            Pattern.compile("java \"?-javaagent:almost-tls-agent\\.jar(=[^\\s\"]+)?\"? -jar app\\.jar");

    private static final Pattern PROPERTIES = Pattern.compile("(?s)```text\n(upgrade=.*?)```");

    private AgentPage() {}

    static List<String> commands() throws IOException {
        return Files.readAllLines(PATH).stream()
                .filter(line -> COMMAND.matcher(line).matches())
                .toList();
    }

    /** Of an application that has its connections in plaintext. */
    static boolean isUpgrade(String command) {
        return command.contains("upgrade");
    }

    /** The words behind {@code java}. */
    static String[] words(String command) {
        return Stream.of(command.replace("\"", "").split(" ")).skip(1).toArray(String[]::new);
    }

    static String upgradeProperties() throws IOException {
        Matcher block = PROPERTIES.matcher(Files.readString(PATH));
        assertTrue(block.find());
        return block.group(1);
    }

    /** That options were refused, or that something of ours failed. */
    static List<String> complaints(AgentJvm.Outcome outcome) {
        return outcome.err().stream()
                .filter(line -> line.contains("without AlmostTLS") || line.contains("Exception"))
                .toList();
    }
}
