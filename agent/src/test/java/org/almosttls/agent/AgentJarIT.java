package org.almosttls.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the built jar, and where. */
class AgentJarIT {

    private static final String FOLDER = "inst/";

    private JarFile jar;

    @BeforeEach
    void open() throws IOException {
        jar = new JarFile(AgentJvm.JAR.toFile());
    }

    @AfterEach
    void close() throws IOException {
        jar.close();
    }

    private Stream<String> names() {
        return jar.stream().map(JarEntry::getName);
    }

    @Test
    void theApplicationsClassLoaderFindsTheDoorAndBridgesOnly() {
        List<String> visible = names().filter(name -> !name.startsWith(FOLDER) && !name.startsWith("META-INF/"))
                .filter(name -> !name.startsWith("org/almosttls/agent/boot/"))
                .sorted()
                .toList();
        assertEquals(
                List.of(
                        "org/almosttls/agent/AgentLoader.class",
                        "org/almosttls/agent/AgentMain.class",
                        "org/almosttls/agent/Door.class"),
                visible);
    }

    @Test
    void theRootHasAManifestAndLicencesAndNoServices() {
        List<String> others = names().filter(name -> name.startsWith("META-INF/"))
                .filter(name -> !name.equals("META-INF/MANIFEST.MF"))
                .filter(name -> !name.matches("META-INF/(LICENSE|licenses/[\\w.-]+)"))
                .toList();
        assertEquals(List.of(), others);
    }

    @Test
    void everythingElseIsUnderOurPackages() {
        List<String> foreign = names().filter(name -> name.startsWith(FOLDER))
                .filter(name -> !name.startsWith(FOLDER + "org/almosttls/"))
                .toList();
        assertEquals(List.of(), foreign);
    }

    @Test
    void thereIsOneBridge() {
        List<String> bridges =
                names().filter(name -> name.endsWith("AgentBridge.class")).toList();
        assertEquals(List.of("org/almosttls/agent/boot/AgentBridge.class"), bridges);
    }

    @Test
    void theDoorKnowsAllThatIsTheBootstrapLoaders() {
        String room = "org/almosttls/agent/boot/";
        List<String> there = names().filter(name -> name.startsWith(room))
                .map(name -> name.substring(room.length()).replace(".class", ""))
                .sorted()
                .toList();
        assertEquals(there, Door.BRIDGES.stream().sorted().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"org/bouncycastle/", "net/bytebuddy/", "picocli/CommandLine", "com/fasterxml/"})
    void noClassRefersToALibraryByItsFormerName(String former) throws IOException {
        String descriptor = "L" + former;
        for (JarEntry entry : jar.stream().toList()) {
            String bytes = content(entry);
            // A name of a class in the constant pool begins right after its length.
            boolean referred = bytes.contains(descriptor) || bytes.contains("\1\0" + (char) former.length() + former);
            assertTrue(!referred, () -> entry.getName() + " refers to " + former);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java/util/logging/", "java/lang/System$Logger", "org/slf4j/", "org/apache/"})
    void noClassRefersToALoggingFramework(String framework) throws IOException {
        for (JarEntry entry :
                jar.stream().filter(each -> each.getName().endsWith(".class")).toList())
            assertTrue(!content(entry).contains(framework), () -> entry.getName() + " refers to " + framework);
    }

    private String content(JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return new String(in.readAllBytes(), ISO_8859_1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Premain-Class", "Agent-Class", "Main-Class"})
    void theManifestNamesTheDoor(String attribute) throws IOException {
        assertEquals(
                "org.almosttls.agent.AgentMain",
                jar.getManifest().getMainAttributes().getValue(attribute));
    }

    @Test
    void theManifestAllowsWhatHooksNeedAndNothingMore() throws IOException {
        Attributes attributes = jar.getManifest().getMainAttributes();
        assertEquals("true", attributes.getValue("Can-Retransform-Classes"));
        assertEquals("false", attributes.getValue("Can-Redefine-Classes"));
    }

    @Test
    void everyEntryHasTheSameTimeSoThatTheJarCanBeReproduced() {
        assertEquals(1, jar.stream().map(JarEntry::getTimeLocal).distinct().count());
    }
}
