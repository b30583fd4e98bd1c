package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_.]+)` \\|");
    private static final Pattern LOG = Pattern.compile("[=,]log=([^, ]+)");
    private static final String SESSION = "AlmostTLS .* \\| (TLSv1\\.3|AlmostTLSv1) .*|\\{.*\"established\":true.*";
    private static final String MORE = "AlmostTLS .* \\| #\\d+ (sends|receives) .*|\\{.*\"(message|record)\":\\{.*";
    private static final String SECRET = "[A-Z]+(_[A-Z0-9]+)+ [0-9a-f]{64} ([0-9a-f]{64}|[0-9a-f]{96})";

    @TempDir
    private Path folder;

    static boolean runs(Path page, String command) {
        try {
            return page.endsWith(AgentPage.PATH.getFileName())
                    && Stream.concat(commands().stream(), UpgradePageIT.commands().stream())
                            .anyMatch(command::equals);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static List<String> commands() throws IOException {
        return AgentPage.commands().stream()
                .filter(command -> !AgentPage.isUpgrade(command))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theApplicationRunsWithEachLine(String command) throws Exception {
        putFiles();
        boolean isTextbook = command.contains("protocol=AlmostTLSv1");
        try (var server = isTextbook ? HttpsPage.ofTextbook(folder) : new HttpsPage(folder)) {
            Outcome outcome = new AgentJvm()
                    .in(folder)
                    .environment("JDK_JAVA_OPTIONS", server.trust())
                    .with(AgentPage.words(command))
                    .with(server.address())
                    .run();
            assertEquals(0, outcome.exitCode(), outcome::toString);
            assertTrue(outcome.out().contains(HttpsPage.TEXT), outcome::toString);
            assertEquals(List.of(), AgentPage.complaints(outcome), outcome::toString);
            assertTold(command, outcome);
            if (command.contains("keylog=keys.txt")) assertSecrets(Files.readAllLines(folder.resolve("keys.txt")));
        }
    }

    /** Its session once, where the line wants it and as it wants it. */
    private void assertTold(String command, Outcome outcome) throws IOException {
        Matcher log = LOG.matcher(command);
        String to = log.find() ? log.group(1) : "stderr";
        boolean isFile = !to.startsWith("std");
        List<String> lines = isFile ? written(to) : to.equals("stdout") ? outcome.out() : outcome.err();
        List<String> sessions =
                lines.stream().filter(line -> line.matches(SESSION)).toList();
        boolean isSilent = command.contains("=mode=off ") || command.contains("=help ");
        assertEquals(isSilent ? 0 : 1, sessions.size(), lines::toString);
        boolean isJson = command.contains("format=json") || command.contains("=config=");
        if (isFile && !command.contains("format=text")) isJson = true;
        for (String session : sessions) assertEquals(isJson, session.startsWith("{"), session);
        assertEquals(command.contains("detail="), lines.stream().anyMatch(line -> line.matches(MORE)), lines::toString);
        if (command.contains("AlmostTLSv1")) assertTrue(sessions.get(0).contains("| AlmostTLSv1 "), sessions::toString);
    }

    /** What is in the only file whose name such a pattern can have become. */
    private List<String> written(String pattern) throws IOException {
        String name = pattern.replace(".", "\\.").replace("%p", "\\d+").replace("%t", "\\d{8}-\\d{6}");
        try (var files = Files.list(folder)) {
            List<Path> named = files.filter(
                            file -> file.getFileName().toString().matches(name))
                    .toList();
            assertEquals(1, named.size(), () -> pattern + " became " + named);
            return Files.readAllLines(named.get(0));
        }
    }

    /** RFC 8446 §7.1: of a session, those of either end for its handshake and for its data at least. */
    private static void assertSecrets(List<String> lines) {
        List<String> secrets =
                lines.stream().filter(line -> !line.startsWith("#")).toList();
        assertTrue(secrets.stream().allMatch(line -> line.matches(SECRET)), secrets::toString);
        for (String end : List.of("CLIENT", "SERVER")) {
            for (String of : List.of("_HANDSHAKE_TRAFFIC_SECRET ", "_TRAFFIC_SECRET_0 "))
                assertEquals(
                        1,
                        secrets.stream()
                                .filter(line -> line.startsWith(end + of))
                                .count(),
                        secrets::toString);
        }
    }

    private void putFiles() throws Exception {
        Files.copy(AgentJvm.JAR, folder.resolve("almost-tls-agent.jar"));
        Files.copy(Path.of("../sample-apps/url-client/target/url-client.jar"), folder.resolve("app.jar"));
        Files.writeString(folder.resolve("agent.properties"), "log=stderr\nformat=json\n");
        Files.write(folder.resolve("tickets.key"), new byte[80]);
    }

    @Test
    void eachOptionOfHelpHasOneRowAndNoOtherHas() throws Exception {
        assertEquals(helped().toList(), rows().sorted().toList());
    }

    @Test
    void eachOptionIsInALineThatIsRun() throws Exception {
        List<String> lines = Stream.of(
                        commands().stream(),
                        UpgradePageIT.commands().stream(),
                        AgentPage.upgradeProperties().lines().map(line -> "=" + line + " "))
                .flatMap(each -> each)
                .toList();
        List<String> missing = helped().filter(
                        word -> lines.stream().noneMatch(line -> line.matches(".*[=,]" + word + "[= ].*")))
                .toList();
        assertEquals(List.of(), missing);
    }

    private static Stream<String> rows() throws IOException {
        return ROW.matcher(Files.readString(AgentPage.PATH)).results().map(row -> row.group(1));
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
