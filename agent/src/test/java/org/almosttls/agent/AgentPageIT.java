package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.almosttls.agent.AgentJvm.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/agent.md: each line with {@code -javaagent} runs as it is written, and no option lacks one. */
class AgentPageIT {

    private static final Path PAGE = Path.of("..", "docs", "agent.md");

    /** Its commands that are run here; what else there is to type, others run. */
    private static final Pattern RUN =
            Pattern.compile("java \"?-javaagent:almost-tls-agent\\.jar(=[^\\s\"]+)?\"? -jar app\\.jar");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_.]+)` \\|");

    private static final Pattern PROPERTIES = Pattern.compile("(?s)```text\n(upgrade=.*?)```");

    /** For these a peer has to be told as well: tests of their own. */
    private static final Set<String> WITH_A_PEER_OF_ITS_OWN = Set.of("protocol");

    @TempDir
    private Path folder;

    static boolean runs(Path page, String command) {
        return page.endsWith(PAGE.getFileName()) && RUN.matcher(command).matches();
    }

    static List<String> commands() throws IOException {
        return all().filter(command ->
                        WITH_A_PEER_OF_ITS_OWN.stream().noneMatch(word -> command.contains("=" + word + "=")))
                .toList();
    }

    private static Stream<String> all() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> RUN.matcher(line).matches());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theApplicationRunsWithEachLine(String command) throws Exception {
        putFiles();
        try (var server = new HttpsPage(folder)) {
            Outcome outcome = new AgentJvm()
                    .in(folder)
                    .environment("JDK_JAVA_OPTIONS", server.trust())
                    .with(Stream.of(command.replace("\"", "").split(" "))
                            .skip(1)
                            .toArray(String[]::new))
                    .with(server.address())
                    .run();
            assertEquals(0, outcome.exitCode(), outcome::toString);
            assertTrue(outcome.out().contains(HttpsPage.TEXT), outcome::toString);
            assertEquals(List.of(), complaints(outcome), outcome::toString);
        }
    }

    /** That the options were refused, or that something of ours failed. */
    private static List<String> complaints(Outcome outcome) {
        return outcome.err().stream()
                .filter(line -> line.contains("without AlmostTLS") || line.contains("Exception"))
                .toList();
    }

    private void putFiles() throws Exception {
        Files.copy(AgentJvm.JAR, folder.resolve("almost-tls-agent.jar"));
        Files.copy(Path.of("../sample-apps/url-client/target/url-client.jar"), folder.resolve("app.jar"));
        Files.writeString(folder.resolve("agent.properties"), "log=stderr\nformat=json\n");
        Files.write(folder.resolve("tickets.key"), new byte[80]);
        UpgradeStores.makeIn(folder);
        Files.writeString(folder.resolve("upgrade.properties"), upgradeProperties());
    }

    /** As the page has them. */
    private static String upgradeProperties() throws IOException {
        Matcher block = PROPERTIES.matcher(Files.readString(PAGE));
        assertTrue(block.find());
        return block.group(1);
    }

    @Test
    void eachOptionOfHelpHasOneRowAndNoOtherHas() throws Exception {
        assertEquals(helped().toList(), rows().sorted().toList());
    }

    @Test
    void eachOptionIsInALineThatIsRun() throws Exception {
        List<String> lines = Stream.concat(all(), upgradeProperties().lines().map(line -> "=" + line + " "))
                .toList();
        List<String> missing = helped().filter(
                        word -> lines.stream().noneMatch(line -> line.matches(".*[=,]" + word + "[= ].*")))
                .toList();
        assertEquals(List.of(), missing);
    }

    private static Stream<String> rows() throws IOException {
        return ROW.matcher(Files.readString(PAGE)).results().map(row -> row.group(1));
    }

    private static Stream<String> helped() throws Exception {
        String help =
                String.join("\n", new AgentJvm().agent("help").ask("hello").err());
        return Pattern.compile("(?m)^  ([a-z_.]+)[= ]")
                .matcher(help)
                .results()
                .map(option -> option.group(1))
                .sorted();
    }
}
