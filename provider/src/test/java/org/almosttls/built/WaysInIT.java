package org.almosttls.built;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.almosttls.jetty.AlpnTakers;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.junit.jupiter.api.Test;

/** The ways in that need a JVM of their own: the java.security file and the service loader, with the built jar. */
class WaysInIT {

    private static final String SNIPPET =
            "-Djava.security.properties=" + Path.of("target", "META-INF", "java.security");

    private static final String ALPN_OF_JETTY = "org.eclipse.jetty.alpn.java.server,org.eclipse.jetty.alpn.java.client";

    @Test
    void theSnippetPutsItFirst() throws Exception {
        var said = java(SNIPPET, "-cp", path(jars(), testClasses()));
        assertTrue(
                said.containsAll(List.of("first: AlmostTLS", "tls: AlmostTLS", "default: AlmostTLS")), said::toString);
    }

    @Test
    void theSnippetKeepsThePlatformsProviders() throws Exception {
        var expected = new ArrayList<>(providers(java("-cp", path(jars(), testClasses()))));
        expected.add(0, "provider: AlmostTLS");
        assertEquals(expected, providers(java(SNIPPET, "-cp", path(jars(), testClasses()))));
    }

    @Test
    void theSnippetPutsItFirstAsAModuleToo() throws Exception {
        var said = java(SNIPPET, "-p", path(jars()), "--add-modules", "org.almosttls", "-cp", testClasses());
        assertTrue(said.containsAll(List.of("first: AlmostTLS", "tls: AlmostTLS")), said::toString);
    }

    /** As in a fat jar, whose libraries the JVM does not see. */
    @Test
    void withoutTheJarTheSnippetChangesNothing() throws Exception {
        assertEquals(java("-cp", testClasses()), java(SNIPPET, "-cp", testClasses()));
    }

    @Test
    void theServiceLoaderFindsItOnTheClassPath() throws Exception {
        var said = java("-cp", path(jars(), testClasses()));
        assertEquals(List.of("loaded: AlmostTLS from the class path"), loaded(said));
    }

    @Test
    void theServiceLoaderFindsItOnTheModulePath() throws Exception {
        var said = java("-p", path(jars()), "--add-modules", "org.almosttls", "-cp", testClasses());
        assertEquals(List.of("loaded: AlmostTLS from a module"), loaded(said));
    }

    /** Jetty as modules, which show others little of themselves. */
    @Test
    void jettyOnTheModulePathFindsWhatIsForItOnTheClassPath() throws Exception {
        var jetty = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> Path.of(jar).getFileName().toString().matches("(jetty|slf4j-api)-.*\\.jar"))
                .toArray(String[]::new);
        var said = run(
                AlpnTakers.class,
                "-p",
                path(jetty),
                "--add-modules",
                ALPN_OF_JETTY,
                "-cp",
                path(jars(), testClasses()));
        assertTrue(
                said.containsAll(List.of("[org.almosttls.jetty.ServerAlpn]", "[org.almosttls.jetty.ClientAlpn]")),
                said::toString);
    }

    private static List<String> loaded(List<String> said) {
        return said.stream().filter(line -> line.startsWith("loaded: ")).toList();
    }

    private static List<String> providers(List<String> said) {
        return said.stream().filter(line -> line.startsWith("provider: ")).toList();
    }

    private static String path(String... parts) {
        return String.join(File.pathSeparator, parts);
    }

    /** The built jar and what it needs. */
    private static String jars() throws URISyntaxException {
        return path(
                Path.of("target", "almost-tls-provider.jar").toString(),
                placeOf(AsymmetricCipherKeyPair.class),
                placeOf(JsonFactory.class));
    }

    private static String testClasses() throws URISyntaxException {
        return placeOf(FirstProvider.class);
    }

    private static String placeOf(Class<?> type) throws URISyntaxException {
        var place = type.getProtectionDomain().getCodeSource().getLocation();
        return Path.of(place.toURI()).toString();
    }

    /** What {@link FirstProvider} prints in a JVM started like this. */
    private static List<String> java(String... options) throws IOException, InterruptedException {
        return run(FirstProvider.class, options);
    }

    private static List<String> run(Class<?> main, String... options) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.add(main.getName());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "still running");
            assertEquals(0, process.exitValue(), said);
            return said.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }
}
