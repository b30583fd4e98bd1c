package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.almosttls.agent.AgentJvm.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars of the agent under other names than its own, and beside others of another version. */
class AgentNamesIT {

    private static final String USUAL = "almost-tls-agent.jar";
    private static final String START = "inst/org/almosttls/agent/install/AgentStart.class";

    @TempDir
    private Path folder;

    private Path copy(String name) throws IOException {
        return Files.copy(AgentJvm.JAR, folder.resolve(name));
    }

    /** Of another version, and not able to start, so that nobody takes its classes unnoticed. */
    private Path otherVersion(String name) throws IOException {
        Path jar = copy(name);
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            Path manifest = zip.getPath("META-INF/MANIFEST.MF");
            Files.writeString(
                    manifest, Files.readString(manifest).replace("Version: " + version(), "Version: 0.0.9-other"));
            Files.delete(zip.getPath(START));
        }
        return jar;
    }

    private static String version() throws IOException {
        try (JarFile jar = new JarFile(AgentJvm.JAR.toFile())) {
            return jar.getManifest().getMainAttributes().getValue("Implementation-Version");
        }
    }

    private static void assertStarts(Outcome outcome, String answer) {
        assertEquals("AlmostTLS", outcome.answer(answer));
        assertEquals(List.of(), ours(outcome));
    }

    @Test
    void aRenamedJarBesideAnotherVersionHasItsOwnClasses() throws Exception {
        otherVersion(USUAL);
        assertStarts(new AgentJvm().agent(copy("renamed.jar"), "").ask("context:TLS"), "context:TLS");
    }

    @Test
    void aRenamedJarThatIsGivenByAPathOfItsFolderHasThemToo() throws Exception {
        otherVersion(USUAL);
        copy("renamed.jar");
        Path classes = Path.of("target", "test-classes").toAbsolutePath();
        AgentJvm jvm = new AgentJvm().in(folder).agent(Path.of("renamed.jar"), "");
        assertStarts(jvm.alsoOnClassPath(List.of(classes)).ask("context:TLS"), "context:TLS");
    }

    @Test
    void aRenamedJarBesideACopyOfItselfStarts() throws Exception {
        copy(USUAL);
        Outcome outcome = new AgentJvm().agent(copy("renamed.jar"), "").ask("context:TLS");
        assertEquals("AlmostTLS", outcome.answer("context:TLS"));
        assertEquals(List.of(), outcome.err());
    }

    @Test
    void aLinkToTheJarIsTheJar() throws Exception {
        copy(USUAL);
        Path links = Files.createDirectory(folder.resolve("links"));
        Path link = Files.createSymbolicLink(links.resolve("linked.jar"), folder.resolve(USUAL));
        Outcome outcome = new AgentJvm().agent(link, "").ask("context:TLS");
        assertEquals("AlmostTLS", outcome.answer("context:TLS"));
        assertEquals(List.of(), outcome.err());
    }

    @Test
    void aJarNamedByItsVersionDoesNotMindAnOlderOneWithoutBesideIt() throws Exception {
        otherVersion(USUAL);
        Path versioned = copy("almost-tls-agent-" + version() + ".jar");
        Outcome outcome = new AgentJvm().agent(versioned, "").ask("context:TLS");
        assertEquals("AlmostTLS", outcome.answer("context:TLS"));
        assertEquals(List.of(), outcome.err());
    }

    @Test
    void aRenamedJarThatIsAttachedBesideAnotherVersionHasThemToo() throws Exception {
        otherVersion(USUAL);
        assertStarts(late(copy("renamed.jar")), "late");
    }

    @Test
    void aJarOfTheUsualNameThatIsAttachedStarts() throws Exception {
        assertStarts(late(copy(USUAL)), "late");
    }

    /** Without what the JVM says when something is attached to itself. */
    private static List<String> ours(Outcome outcome) {
        return outcome.err().stream()
                .filter(line -> line.startsWith("AlmostTLS"))
                .toList();
    }

    private static Outcome late(Path jar) throws Exception {
        return new AgentJvm()
                .with("-Djdk.attach.allowAttachSelf=true", "-XX:+EnableDynamicAgentLoading")
                .with("-cp", Path.of("target", "test-classes").toString(), LateApp.class.getName(), jar.toString())
                .run();
    }
}
