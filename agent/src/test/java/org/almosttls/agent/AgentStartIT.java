package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
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
        var classes = LoadedClasses.to(folder);
        assertEquals("world", classes.noted(jvm).ask("hello").answer("hello"));
        return classes.names();
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
