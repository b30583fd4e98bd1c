package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the agent touches before the application's first use of TLS, by the classes that the JVM loads for it. */
class AgentStartIT {

    /** Touched so early, these make the JVM lose providers or freeze the default context. */
    private static final List<String> FORBIDDEN = List.of(
            "java.security.Security",
            "java.security.SecureRandom",
            "java.util.logging.",
            "javax.net.ssl.",
            "sun.security.jca.",
            "sun.security.provider.",
            "sun.security.ssl.");

    @TempDir
    private static Path folder;

    private static Set<String> added;

    @BeforeAll
    static void start() throws Exception {
        added = new TreeSet<>(loadedBy(new AgentJvm().agent("log=" + folder.resolve("%p-%t.jsonl"))));
        added.removeAll(loadedBy(new AgentJvm()));
    }

    private static Set<String> loadedBy(AgentJvm jvm) throws Exception {
        Path log = Files.createTempFile(folder, "loaded", ".txt");
        assertEquals(
                "world",
                jvm.with("-Xlog:class+load:file=" + log + "::filecount=0")
                        .ask("hello")
                        .answer("hello"));
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(" source: "))
                    .map(line -> line.replaceAll("^(\\[[^]]*])+ | source: .*$", ""))
                    .collect(Collectors.toSet());
        }
    }

    private static List<String> among(Predicate<String> wanted) {
        return added.stream().filter(wanted).toList();
    }

    @Test
    void theAgentIsAmongWhatIsLoaded() {
        assertTrue(added.contains("org.almosttls.agent.install.AgentStart"), added::toString);
    }

    @Test
    void nothingOfThePlatformsSecurityIsTouched() {
        assertEquals(List.of(), among(name -> FORBIDDEN.stream().anyMatch(name::startsWith)));
    }

    @Test
    void neitherByteBuddyNorAnyOtherLibraryIsLoaded() {
        assertEquals(List.of(), among(name -> name.startsWith("org.almosttls.shaded.")));
    }

    @Test
    void nothingOfTheProviderIsLoaded() {
        assertEquals(
                List.of(),
                among(name -> name.startsWith("org.almosttls.") && !name.startsWith("org.almosttls.agent.")));
    }
}
