package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.almosttls.agent.Target.Verb;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sample.testkit.ThrowAwayKeys;

/** The key log says what OpenSSL, at the other end, says of the same sessions, line by line. */
@Timeout(300)
class KeyLogIT {

    private static final String EXPORTER = "EXPORTER_SECRET";

    @TempDir
    private static Path keyFolder;

    @TempDir
    private Path folder;

    private Path ours;
    private Path theirs;

    @BeforeAll
    static void makeKeys() throws Exception {
        Peers.require("openssl");
        var keys = ThrowAwayKeys.in(keyFolder);
        Peers.shell(
                keyFolder,
                "openssl pkcs12 -in " + keys.serverEc().getFileName()
                        + " -passin pass:throw-away -nodes -out server.pem 2>/dev/null");
    }

    @BeforeEach
    void nameFiles() {
        ours = folder.resolve("ours.txt");
        theirs = folder.resolve("theirs.txt");
    }

    private static String path() {
        var path = new ArrayList<>(List.of(Path.of("target", "test-classes")));
        for (String library : List.of("bcprov", "bcutil", "bcpkix", "bctls")) path.addAll(AgentJvm.libraries(library));
        return path.stream()
                .map(Path::toAbsolutePath)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private AgentJvm.Outcome run(String options, Class<?> application, String... words) throws Exception {
        return new AgentJvm()
                .agent(options + ",log=" + folder.resolve("tls.jsonl"))
                .with("-cp", path(), application.getName())
                .with(words)
                .run();
    }

    /** Eight sessions with OpenSSL's server, or with its client. */
    private AgentJvm.Outcome play(String options, String stack, String role) throws Exception {
        if (role.equals("server"))
            return run(options, WatchedHost.class, keyFolder.toString(), stack, theirs.toString());
        try (var server = new OpensslServer(keyFolder.resolve("server.pem"), theirs)) {
            return run(options, WatchedVisit.class, keyFolder.toString(), stack, Integer.toString(server.port()));
        }
    }

    private static Set<String> secrets(Path file, boolean withExporter) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#") && (withExporter || !line.startsWith(EXPORTER)))
                .map(KeyLogIT::inLowerCase)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The platform derives it from Java 25 on. */
    private static boolean hasExporter(String mode, String stack) {
        return mode.equals("mode=install")
                || stack.equals("BCJSSE")
                || Runtime.version().feature() >= 25;
    }

    /** Of the two numbers; labels are in upper case. */
    private static String inLowerCase(String line) {
        var words = line.split(" ");
        return words[0] + " " + words[1].toLowerCase(java.util.Locale.ROOT) + " "
                + words[2].toLowerCase(java.util.Locale.ROOT);
    }

    @ParameterizedTest
    @CsvSource({
        "mode=observe, SunJSSE, client, 4",
        "mode=observe, SunJSSE, server, 4",
        "mode=observe, BCJSSE, client, 2",
        "mode=observe, BCJSSE, server, 2",
        "mode=install, SunJSSE, client, 4",
        "mode=install, SunJSSE, server, 4"
    })
    void bothEndsSayTheSame(String mode, String stack, String role, int resumed) throws Exception {
        var outcome = play(mode + ",keylog=" + ours + ",secrets=expose", stack, role);
        assertEquals(0, outcome.exitCode(), outcome::toString);
        assertEquals(Collections.nCopies(8, "page"), outcome.out());
        boolean exports = hasExporter(mode, stack);
        var said = secrets(ours, true);
        assertEquals(secrets(theirs, exports), said);
        // Of TLS 1.3 and of 1.2 there are four sessions each.
        assertEquals(4 * (exports ? 5 : 4) + 4, said.size(), said::toString);
        assertEachLabelIsThereOnce();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(ours)));
        assertTrue(outcome.err().stream().anyMatch(line -> line.contains("SECRETS")), outcome::toString);
        var log = Files.readString(folder.resolve("tls.jsonl"));
        assertFalse(log.contains(said.iterator().next().split(" ")[2]));
        assertEquals(resumed, log.split("\"resumed\":true", -1).length - 1, log);
    }

    private void assertEachLabelIsThereOnce() throws IOException {
        var told = Files.readAllLines(ours).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .toList();
        assertEquals(Set.copyOf(told).size(), told.size(), told::toString);
    }

    /** Of a stack whose classes are there by then; {@link DetailIT} does it with the platform's. */
    @Test
    void itHasTheSessionsThatBeginWhileItIsSet() throws Exception {
        var java = AgentJvm.java();
        java.add("-javaagent:" + AgentJvm.JAR + "=mode=observe,log=" + folder.resolve("tls.jsonl"));
        java.addAll(ThrowAwayKeys.in(keyFolder).trustArguments());
        try (var server = new OpensslServer(keyFolder.resolve("server.pem"), theirs);
                var target = Target.start(folder, Path.of(path()), java)) {
            var fetch = "fetchByBouncyCastle:https://localhost:" + server.port() + "/";
            assertEquals("200", target.ask(fetch));
            assertTrue(
                    target.tell(Verb.SET, "keylog=" + ours + ",secrets=expose").done());
            assertEquals("200", target.ask(fetch));
            assertTrue(target.tell(Verb.SET, "keylog=off").done());
            assertEquals("200", target.ask(fetch));
        }
        var said = secrets(ours, true);
        assertEquals(5, said.size(), said::toString);
        assertTrue(secrets(theirs, true).containsAll(said));
        assertEquals(15, secrets(theirs, true).size());
        assertEachLabelIsThereOnce();
    }

    @Test
    void withoutTheSecondWordItIsRefusedAndTheApplicationRuns() throws Exception {
        var outcome = play("mode=observe,keylog=" + ours, "SunJSSE", "client");
        assertEquals(0, outcome.exitCode(), outcome::toString);
        assertEquals(
                List.of(
                        "AlmostTLS: keylog in the agent's options writes the secrets of sessions; it needs secrets=expose"
                                + " as well; the application starts without AlmostTLS"),
                outcome.err());
        assertFalse(Files.exists(ours));
    }
}
