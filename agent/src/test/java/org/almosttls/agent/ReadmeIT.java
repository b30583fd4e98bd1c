package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README.md and its neighbours tell people to type does what they say there. */
class ReadmeIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");
    private static final Pattern OPTION = Pattern.compile("(?m)^\\| `([a-z._]+)` \\|");

    /** Its commands are run by a test of their own, which compares each with its output. */
    private static final Path WORKED_EXAMPLE = Path.of("docs", "almost-tls-v1.md");

    private static final String AGENT = "java -javaagent:almost-tls-agent.jar -jar app.jar";
    private static final String AGENT_TO_FILE = "java -javaagent:almost-tls-agent.jar=log=sessions.jsonl -jar app.jar";
    private static final String TICKET_KEY = "openssl rand 80 > tickets.key && chmod 600 tickets.key";
    private static final String AGENT_OF_FLEET =
            "java -javaagent:almost-tls-agent.jar=tickets=tickets.key -jar app.jar";
    private static final String AGENT_BEATING = "java -javaagent:almost-tls-agent.jar=heartbeat=30s -jar app.jar";
    private static final String AGENT_AUTHENTICATING =
            "java -javaagent:almost-tls-agent.jar=post_handshake_auth=true -jar app.jar";
    private static final String AGENT_RELOADING = "java -javaagent:almost-tls-agent.jar=reload=30s -jar app.jar";
    private static final String AGENT_WATCHING =
            "java -javaagent:almost-tls-agent.jar=reload.stores=server.p12 -jar app.jar";
    private static final String ROTATION = "(tail -n 2 tickets.key; openssl rand -base64 80 | tr -d '\\n'; echo) > new"
            + " && chmod 600 new && mv new tickets.key";
    private static final String CA = "java -jar almost-tls-agent.jar ca ";
    private static final List<String> AUTHORITY = List.of(
            CA + "init ca",
            CA + "issue ca db --san dns:db.internal --san ip:10.0.0.7",
            CA + "issue ca web --spiffe spiffe://example.org/web",
            CA + "issue ca alice --san dns:localhost --rsa");
    private static final String PROVIDER =
            "java -Djava.security.properties=almost-tls.security -cp app.jar:lib/* app.Main";
    private static final String PROVIDER_AS_MODULE = "java -Djava.security.properties=almost-tls.security -p lib"
            + " --add-modules org.almosttls -cp app.jar app.Main";
    private static final List<String> PROVIDER_WITH_LOG = Stream.of(
                    "-Dalmosttls.log=stderr",
                    "-Dalmosttls.log=tls-%p.jsonl",
                    "-Dalmosttls.log=stdout -Dalmosttls.format=json",
                    "-Dalmosttls.log=stderr -Dalmosttls.detail=handshake")
            .map(log -> PROVIDER.replace("java ", "java " + log + " "))
            .toList();

    /** Run by the tests below, as is all that asks jq. */
    private static final List<String> HERE = Stream.concat(
                    Stream.of(
                            AGENT,
                            AGENT_TO_FILE,
                            TICKET_KEY,
                            AGENT_OF_FLEET,
                            AGENT_BEATING,
                            AGENT_AUTHENTICATING,
                            AGENT_RELOADING,
                            AGENT_WATCHING,
                            ROTATION,
                            PROVIDER,
                            PROVIDER_AS_MODULE),
                    Stream.concat(PROVIDER_WITH_LOG.stream(), AUTHORITY.stream()))
            .toList();

    @TempDir
    private Path folder;

    private record Block(String language, String text) {

        Stream<String> lines() {
            return text.lines().map(String::strip).filter(line -> !line.isEmpty());
        }
    }

    @BeforeEach
    void putJarsWhereTheReadmeHasThem() throws IOException {
        Files.copy(AgentJvm.JAR, folder.resolve("almost-tls-agent.jar"));
        Files.copy(ROOT.resolve("sample-apps/url-client/target/url-client.jar"), folder.resolve("app.jar"));
        Files.copy(ROOT.resolve("META-INF-templates/snippets/java.security"), folder.resolve("almost-tls.security"));
        var lib = Files.createDirectory(folder.resolve("lib"));
        var jars = Stream.of(
                        List.of(AgentJvm.PROVIDER),
                        AgentJvm.libraries("bcprov-jdk18on"),
                        AgentJvm.libraries("jackson-core"))
                .flatMap(List::stream)
                .toList();
        for (var jar : jars) Files.copy(jar, lib.resolve(jar.getFileName()));
    }

    @Test
    void everyCommandIsRunHereOrInCi() throws IOException {
        var ci = Files.readString(ROOT.resolve(".ci/run"));
        var unproven = documents().stream()
                .filter(page -> !page.endsWith(WORKED_EXAMPLE))
                .flatMap(page -> blocks(page, "sh").flatMap(Block::lines).filter(line -> !AgentPageIT.runs(page, line)))
                .filter(command -> !HERE.contains(command) && !command.startsWith("jq "))
                .filter(command -> !AttachPageIT.runs(command))
                .filter(command -> !command.equals(".ci/run") && !ci.contains(command + "\n"))
                .toList();
        assertEquals(List.of(), unproven);
    }

    @Test
    void everyBlockSaysWhatItIs() throws IOException {
        var known = List.of("sh", "java", "text", "json", "pem", "hex", "shell");
        assertEquals(
                List.of(),
                blocks(".*").stream()
                        .filter(block -> !known.contains(block.language()))
                        .toList());
    }

    @Test
    void theJavaCodeIsTestedCode() throws IOException {
        var tested =
                Files.readAllLines(ROOT.resolve("provider/src/test/java/org/almosttls/built/ReadmeCodeTest.java"))
                        .stream()
                        .map(String::strip)
                        .collect(Collectors.joining("\n"));
        for (var block : blocks("java"))
            assertTrue(tested.contains(block.lines().collect(Collectors.joining("\n"))), block::text);
    }

    @Test
    void theTableHasTheOptionsThatHelpHas() throws Exception {
        var help = String.join("\n", new AgentJvm().agent("help").ask("hello").err());
        var listed = OPTION.matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map(option -> option.group(1))
                .toList();
        var offered = Pattern.compile("(?m)^  ([a-z._]+)[= ]")
                .matcher(help)
                .results()
                .map(option -> option.group(1))
                .toList();
        assertEquals(offered, listed, help);
    }

    @Test
    void underTheAgentASessionIsALineLikeTheOneShown() throws Exception {
        try (var server = new HttpsPage(folder)) {
            var lines = SessionLines.in(run(AGENT, server));
            assertEquals(SessionLines.shapes(blocks("text").get(0).lines().toList()), SessionLines.shapes(lines));
        }
    }

    @Test
    void underTheAgentAFileGetsALineOfJson() throws Exception {
        try (var server = new HttpsPage(folder)) {
            assertEquals(List.of(), SessionLines.in(run(AGENT_TO_FILE, server)));
            var line = Files.readAllLines(folder.resolve("sessions.jsonl"));
            assertEquals(1, line.size());
            assertTrue(line.get(0).startsWith("{") && line.get(0).endsWith("}"), line::toString);
        }
    }

    @Test
    void theSecurityFileMakesItTheApplicationsProviderInSilence() throws Exception {
        try (var server = new HttpsPage(folder)) {
            assertEquals(List.of(), SessionLines.in(run(PROVIDER, server)));
            assertEquals(List.of(), SessionLines.in(run(PROVIDER_AS_MODULE, server)));
        }
    }

    @Test
    void theProviderLogsByItself() throws Exception {
        try (var server = new HttpsPage(folder)) {
            for (var command : PROVIDER_WITH_LOG) {
                var outcome = outcome(command, server);
                var text = Stream.concat(outcome.out().stream(), outcome.err().stream());
                var lines = Stream.concat(text, logged("tls-\\d+\\.jsonl").stream());
                assertEquals(
                        1,
                        lines.filter(line -> !line.matches("AlmostTLS .* \\| #\\d+ (sends|receives) .*"))
                                .filter(line -> line.matches("AlmostTLS .*|\\{.*\"tls\".*}"))
                                .count(),
                        command);
            }
        }
    }

    @Test
    void theQuestionsToALogAreAnswered() throws Exception {
        Peers.require("jq");
        try (var server = new HttpsPage(folder)) {
            run(AGENT_TO_FILE, server);
        }
        Files.move(folder.resolve("sessions.jsonl"), folder.resolve("tls.jsonl"));
        var answers = new ArrayList<String>();
        for (var question : blocks("sh").stream()
                .flatMap(Block::lines)
                .filter(line -> line.startsWith("jq "))
                .toList()) answers.add(Peers.shell(folder, question));
        assertTrue(String.join("", answers).contains("CN=localhost"), answers::toString);
    }

    /** docs/heartbeat.md: with a server that has none, an application is as well off as ever. */
    @Test
    void heartbeatsAreAskedForAsThePageSays() throws Exception {
        try (var server = new HttpsPage(folder)) {
            assertEquals(1, SessionLines.in(run(AGENT_BEATING, server)).size());
            assertEquals(1, SessionLines.in(run(AGENT_AUTHENTICATING, server)).size());
        }
    }

    /** docs/reload.md: stores that are there, and one that is not. */
    @Test
    void storesAreReadAgainAsThePageSays() throws Exception {
        try (var server = new HttpsPage(folder)) {
            assertEquals(1, SessionLines.in(run(AGENT_RELOADING, server)).size());
            assertEquals(1, SessionLines.in(run(AGENT_WATCHING, server)).size());
        }
    }

    /** docs/agent.md: an authority, and what it issues. */
    @Test
    void anAuthorityIsMadeAsThePageSays() throws Exception {
        for (var command : AUTHORITY) {
            var words = Stream.of(command.split(" ")).skip(1).toArray(String[]::new);
            var outcome = new AgentJvm().in(folder).with(words).run();
            assertEquals(0, outcome.exitCode(), outcome::toString);
        }
        for (var name : List.of("ca", "db", "web", "alice"))
            assertTrue(Files.exists(folder.resolve("ca").resolve(name + ".p12")), name);
    }

    /** docs/session-tickets.md: a key for a fleet, and three keys that follow each other. */
    @Test
    void theKeysOfTicketsAreMadeAsThePageSays() throws Exception {
        Peers.require("openssl");
        Peers.shell(folder, TICKET_KEY);
        var keys = folder.resolve("tickets.key");
        assertEquals(80, Files.size(keys));
        try (var server = new HttpsPage(folder)) {
            assertEquals(1, SessionLines.in(run(AGENT_OF_FLEET, server)).size());
        }
        Files.delete(keys);
        Files.createFile(keys);
        for (int i = 0; i < 4; i++) Peers.shell(folder, ROTATION);
        var lines = Files.readAllLines(keys);
        assertEquals(3, lines.size());
        for (var line : lines) assertEquals(80, Base64.getDecoder().decode(line).length);
    }

    /** The lines in the files of that name, which are gone thereafter. */
    private List<String> logged(String name) throws IOException {
        var lines = new ArrayList<String>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(each -> each.getFileName().toString().matches(name))
                    .toList()) {
                lines.addAll(Files.readAllLines(file));
                Files.delete(file);
            }
        }
        return lines;
    }

    /** Runs a command of the README, with the sample client as its application. */
    private AgentJvm.Outcome outcome(String command, HttpsPage server) throws Exception {
        var words = Stream.of(command.split(" "))
                .skip(1)
                .map(word -> word.replace("app.Main", "sample.urlclient.Main"))
                .toArray(String[]::new);
        var outcome = new AgentJvm()
                .in(folder)
                .environment("JDK_JAVA_OPTIONS", server.trust())
                .with(words)
                .with(server.address())
                .run();
        assertEquals(0, outcome.exitCode(), outcome::toString);
        assertTrue(outcome.out().contains(HttpsPage.TEXT), outcome::toString);
        return outcome;
    }

    /** What it writes to stderr. */
    private List<String> run(String command, HttpsPage server) throws Exception {
        return outcome(command, server).err();
    }

    private static List<Block> blocks(String language) throws IOException {
        return documents().stream().flatMap(page -> blocks(page, language)).toList();
    }

    private static Stream<Block> blocks(Path page, String language) {
        try {
            return FENCE.matcher(Files.readString(page))
                    .results()
                    .map(fence -> new Block(fence.group(1), fence.group(2)))
                    .filter(block -> block.language().matches(language));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> documents() throws IOException {
        try (var top = Files.list(ROOT);
                var docs = Files.exists(ROOT.resolve("docs")) ? Files.walk(ROOT.resolve("docs")) : Stream.<Path>of()) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted(Comparator.comparing(file -> !file.endsWith("README.md")))
                    .toList();
        }
    }
}
