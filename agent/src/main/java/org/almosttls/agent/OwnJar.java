package org.almosttls.agent;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Collections;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * The jar that this class is from, and whether it is the one that the JVM was given. The manifest's Boot-Class-Path can
 * only name files: where a jar of another name was given, and one of that name lies beside it, the JVM takes all
 * classes at the root from the latter.
 */
record OwnJar(File file) {

    private static final String DOOR = "org/almosttls/agent/AgentMain.class";
    private static final String OPTION = "-javaagent:";

    /** Works from the application's loader and, where the manifest's Boot-Class-Path took hold, from the bootstrap's. */
    static OwnJar find() throws URISyntaxException {
        return new OwnJar(jarOf(OwnJar.class.getResource("OwnJar.class")));
    }

    private static File jarOf(URL entry) throws URISyntaxException {
        String path = entry.getPath();
        return new File(new URI(path.substring(0, path.lastIndexOf("!/"))));
    }

    /** Why the classes at the root are not those of the jar that the JVM was given, if they are not. */
    Optional<String> objection() throws IOException, URISyntaxException {
        if (OwnJar.class.getClassLoader() != null || isNamedOnTheCommandLine()) return Optional.empty();
        // When it is attached, this is what was given: the bootstrap path as Java sees it no longer grows.
        File first = firstOnTheBootstrapPath();
        if (!first.equals(file)) return objection(file, first);
        // Before main it is what lies beside that; what was given is on the path of the system's loader.
        for (URL door : Collections.list(ClassLoader.getSystemResources(DOOR))) {
            File given = door.getProtocol().equals("jar") ? jarOf(door) : file;
            if (!given.equals(file) && liesBesideThis(given)) return objection(given, file);
        }
        return Optional.empty();
    }

    private static Optional<String> objection(File given, File taken) throws IOException {
        if (Files.mismatch(given.toPath(), taken.toPath()) < 0) return Optional.empty();
        return Optional.of(named(given) + " was given, but the JVM has taken the classes of " + named(taken)
                + ", which lies beside it; keep only one of them there");
    }

    private File firstOnTheBootstrapPath() throws IOException {
        for (String name :
                attribute(file, new Attributes.Name("Boot-Class-Path")).split(" ")) {
            File beside = new File(file.getParentFile(), name);
            if (beside.isFile()) return beside;
        }
        return file;
    }

    /** The usual case, in which the jars of the application need not be opened; not every system can tell. */
    private boolean isNamedOnTheCommandLine() {
        for (String word : commandLine().split("[\\x00\\s]")) {
            if (!word.startsWith(OPTION)) continue;
            String path = word.substring(OPTION.length()).split("=", 2)[0];
            if (new File(path).getName().equals(file.getName())) return true;
        }
        return false;
    }

    private static String commandLine() {
        String words = "";
        for (String variable : new String[] {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
            if (System.getenv(variable) != null) words = words + " " + System.getenv(variable);
        try (FileInputStream in = new FileInputStream("/proc/self/cmdline")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8) + words;
        } catch (IOException e) {
            return words;
        }
    }

    /** As the JVM has it, which follows links before it looks beside what it was given. */
    private boolean liesBesideThis(File other) throws IOException {
        return other.isFile()
                && other.getCanonicalFile()
                        .getParentFile()
                        .equals(file.getCanonicalFile().getParentFile());
    }

    private static String named(File jar) throws IOException {
        return jar.getName() + " (version " + attribute(jar, Attributes.Name.IMPLEMENTATION_VERSION) + ")";
    }

    private static String attribute(File file, Attributes.Name name) throws IOException {
        try (JarFile jar = new JarFile(file, false)) {
            return jar.getManifest().getMainAttributes().getValue(name);
        }
    }
}
