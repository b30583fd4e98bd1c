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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

    /** The platform derives it from Java 25 on, or later still. */
    private static final String NOT_EVERYWHERE = "EXPORTER_SECRET";

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

    private AgentJvm.Outcome visit(String options, String stack, String version, int times) throws Exception {
        try (var server = new OpensslServer(keyFolder.resolve("server.pem"), theirs)) {
            var path = new ArrayList<>(List.of(Path.of("target", "test-classes")));
            for (String library : List.of("bcprov", "bcutil", "bcpkix", "bctls"))
                path.addAll(AgentJvm.libraries(library));
            var places = path.stream().map(Path::toAbsolutePath).map(Path::toString);
            return new AgentJvm()
                    .agent(options + ",log=" + folder.resolve("tls.jsonl"))
                    .with("-cp", places.collect(Collectors.joining(File.pathSeparator)), WatchedVisit.class.getName())
                    .with(
                            keyFolder.toString(),
                            stack,
                            Integer.toString(server.port()),
                            version,
                            Integer.toString(times))
                    .run();
        }
    }

    private static Set<String> secrets(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("#") && !line.startsWith(NOT_EVERYWHERE))
                .map(line -> line.replaceAll("(?<=\\s)[0-9A-F]+", "$0").strip())
                .map(KeyLogIT::inLowerCase)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of the two numbers; labels are in upper case. */
    private static String inLowerCase(String line) {
        var words = line.split(" ");
        return words[0] + " " + words[1].toLowerCase(java.util.Locale.ROOT) + " "
                + words[2].toLowerCase(java.util.Locale.ROOT);
    }

    @ParameterizedTest
    @CsvSource({
        "mode=observe, SunJSSE, TLSv1.3, 4",
        "mode=observe, SunJSSE, TLSv1.2, 1",
        "mode=observe, BCJSSE, TLSv1.3, 4",
        "mode=observe, BCJSSE, TLSv1.2, 1",
        "mode=install, SunJSSE, TLSv1.3, 4",
        "mode=install, SunJSSE, TLSv1.2, 1"
    })
    void bothEndsSayTheSame(String mode, String stack, String version, int lines) throws Exception {
        var outcome = visit(mode + ",keylog=" + ours + ",secrets=expose", stack, version, 1);
        assertEquals(0, outcome.exitCode(), outcome::toString);
        var said = secrets(ours);
        assertEquals(lines, said.size(), said::toString);
        assertEquals(secrets(theirs), said);
        assertEquals(
                Files.readAllLines(ours).size(),
                Files.readAllLines(ours).stream().distinct().count());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(ours)));
        assertTrue(outcome.err().stream().anyMatch(line -> line.contains("SECRETS")), outcome::toString);
        assertFalse(Files.readString(folder.resolve("tls.jsonl"))
                .contains(said.iterator().next().split(" ")[2]));
    }

    @ParameterizedTest
    @CsvSource({"SunJSSE, TLSv1.3, 8", "SunJSSE, TLSv1.2, 2", "BCJSSE, TLSv1.2, 2"})
    void aSessionThatIsResumedHasEachOfItsLabelsOnceToo(String stack, String version, int lines) throws Exception {
        var outcome = visit("mode=observe,keylog=" + ours + ",secrets=expose", stack, version, 2);
        assertEquals(List.of("page", "page"), outcome.out(), outcome::toString);
        assertEquals(secrets(theirs), secrets(ours));
        var told = Files.readAllLines(ours).stream()
                .filter(line -> !line.startsWith("#") && !line.startsWith(NOT_EVERYWHERE))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .toList();
        assertEquals(lines, told.size(), told::toString);
        assertEquals(lines, Set.copyOf(told).size(), told::toString);
        var sessions = Files.readAllLines(folder.resolve("tls.jsonl"));
        assertTrue(sessions.get(1).contains("\"resumed\":true"), sessions::toString);
    }

    @Test
    void withoutTheSecondWordItIsRefusedAndTheApplicationRuns() throws Exception {
        var outcome = visit("mode=observe,keylog=" + ours, "SunJSSE", "TLSv1.3", 1);
        assertEquals(0, outcome.exitCode(), outcome::toString);
        assertEquals(
                List.of(
                        "AlmostTLS: keylog in the agent's options writes the secrets of sessions; it needs secrets=expose"
                                + " as well; the application starts without AlmostTLS"),
                outcome.err());
        assertFalse(Files.exists(ours));
    }
}
