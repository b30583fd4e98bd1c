package org.almosttls.real;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sample.testkit.ChildJvm;

/** How a JVM comes by AlmostTLS; the software in it is the same, and knows nothing of it. */
enum Way {
    /** The provider's jar on the class path, and first in the list of {@code java.security}. */
    PROVIDER_FIRST,

    /** {@code -javaagent}. */
    AGENT,

    /** {@code -javaagent} with {@code mode=observe}: the TLS is the software's own, and is only watched. */
    OBSERVED;

    private static final Path PROVIDER = Path.of("..", "provider", "target", "almost-tls-provider.jar");
    private static final Path FIRST = Path.of("..", "provider", "target", "META-INF", "java.security");
    private static final Path AGENT_JAR = Path.of("..", "agent", "target", "almost-tls-agent.jar");

    /** What keeps it small. */
    static final List<String> SMALL = List.of("-Xmx512m");

    /** Whose TLS it is then. */
    String provider() {
        return this == OBSERVED ? "SunJSSE" : "AlmostTLS";
    }

    /** Starts a class of the applications' in a JVM of its own, which tells its TLS sessions on stderr. */
    ChildJvm start(List<String> jvmArguments, String mainClass, String... arguments) {
        List<String> words = new ArrayList<>(SMALL);
        words.addAll(install());
        words.addAll(jvmArguments);
        words.addAll(List.of("-cp", classPath(), mainClass));
        words.addAll(List.of(arguments));
        return ChildJvm.start(words);
    }

    /** What a JVM is given for it. */
    List<String> install() {
        return switch (this) {
            case PROVIDER_FIRST ->
                List.of(
                        "-Djava.security.properties=" + built(FIRST),
                        "-Dalmosttls.log=stderr",
                        "-Dalmosttls.format=json");
            case AGENT -> List.of("-javaagent:" + agentJar() + "=log=stderr,format=json");
            case OBSERVED -> List.of("-javaagent:" + agentJar() + "=mode=observe,log=stderr,format=json");
        };
    }

    /** The applications and their libraries; of ours, what this way asks for. */
    private String classPath() {
        Stream<Path> ours = this == PROVIDER_FIRST
                ? Stream.concat(Stream.of(built(PROVIDER)), jars(name -> name.matches("(bcprov|jackson-core)-.*")))
                : Stream.of();
        return path(Stream.concat(software(), ours));
    }

    /** The applications and their libraries. */
    static String softwarePath() {
        return path(software());
    }

    private static Stream<Path> software() {
        return Stream.concat(Stream.of(Path.of("target", "classes")), jars(Way::isOfTheSoftware));
    }

    private static String path(Stream<Path> places) {
        return places.map(path -> path.toAbsolutePath().toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    static Path agentJar() {
        return built(AGENT_JAR);
    }

    private static boolean isOfTheSoftware(String name) {
        return !name.matches("(almost-tls|testkit|bc|junit|opentest4j|apiguardian|spring).*");
    }

    /** The jars of these tests' class path. */
    static Stream<Path> jars(Predicate<String> names) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.toString().endsWith(".jar"))
                .filter(path -> names.test(path.getFileName().toString()));
    }

    private static Path built(Path file) {
        if (!Files.isRegularFile(file)) throw new AssertionError("not built: " + file);
        return file.toAbsolutePath();
    }
}
