package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** An exception, which is no more than that: it is loaded when the class that may throw it is verified. */
    private static final Set<String> HARMLESS = Set.of("javax.net.ssl.SSLException");

    private static final String[] MODES = {
        "mode=install", "mode=observe", "upgrade=observe", "upgrade=permissive,upgrade.ports=1024-65535"
    };

    @TempDir
    private static Path folder;

    private static final Map<String, Set<String>> ADDED = new TreeMap<>();

    @BeforeAll
    static void start() throws Exception {
        String log = "log=" + folder.resolve("%p-%t.jsonl");
        Set<String> without = loadedBy(new AgentJvm());
        for (String options : MODES) {
            Set<String> loaded = new TreeSet<>(loadedBy(new AgentJvm().agent(log + "," + options)));
            loaded.removeAll(without);
            ADDED.put(options, loaded);
        }
    }

    private static Set<String> loadedBy(AgentJvm jvm) throws Exception {
        var classes = LoadedClasses.to(folder);
        assertEquals("world", classes.noted(jvm).ask("hello").answer("hello"));
        return classes.names();
    }

    private static void assertNoneAdded(Predicate<String> unwanted) {
        for (String options : MODES) assertNoneAddedBy(options, unwanted);
    }

    private static void assertNoneAddedBy(String options, Predicate<String> unwanted) {
        assertEquals(List.of(), ADDED.get(options).stream().filter(unwanted).toList(), options);
    }

    @Test
    void theAgentIsAmongWhatIsLoaded() {
        assertEquals(Set.of(MODES), ADDED.keySet());
        ADDED.values()
                .forEach(
                        added -> assertTrue(added.contains("org.almosttls.agent.install.AgentStart"), added::toString));
    }

    @Test
    void nothingOfThePlatformsSecurityIsTouched() {
        assertNoneAdded(name -> FORBIDDEN.stream().anyMatch(name::startsWith) && !HARMLESS.contains(name));
    }

    /** Where plaintext is looked at, the classes to be hooked are there before the agent, and are hooked at once. */
    @ParameterizedTest
    @ValueSource(strings = {"mode=install", "mode=observe"})
    void neitherByteBuddyNorAnyOtherLibraryIsLoaded(String options) {
        assertNoneAddedBy(options, name -> name.startsWith("org.almosttls.shaded."));
    }

    @Test
    void nothingOfTheProviderIsLoaded() {
        assertNoneAdded(name -> name.matches("org\\.almosttls\\.(?!agent\\.|shaded\\.).*"));
    }
}
