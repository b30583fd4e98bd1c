package org.almosttls.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code almost-tls} on a machine that has just what each test puts on it. */
class LauncherTest {

    private static final Path SCRIPT = Sources.repository().resolve("almost-tls");
    private static final String ANY_JAVA = "printf '    java.specification.version = %s\\n    java.home = %s\\n' >&2";

    @TempDir
    private Path machine;

    private record Outcome(int status, String text) {}

    @BeforeEach
    void installShellTools() throws IOException {
        Files.createDirectory(machine.resolve("bin"));
        for (var tool : List.of("sh", "dirname", "basename", "readlink", "sed", "cat", "id")) {
            Files.createSymbolicLink(machine.resolve("bin").resolve(tool), onPath(tool));
        }
    }

    @Test
    void helpListsTheCommands() throws Exception {
        var outcome = run(SCRIPT, "help");
        assertEquals(0, outcome.status());
        assertTrue(Stream.of("demo", "lab", "test", "help").allMatch(outcome.text()::contains), outcome::text);
    }

    @Test
    void anUnknownWordIsOneLineThatNamesIt() throws Exception {
        var outcome = run(SCRIPT, "dmeo");
        assertEquals(new Outcome(2, "almost-tls: unknown command 'dmeo'; try: almost-tls help\n"), outcome);
    }

    @Test
    void withoutJavaItSaysWhatIsNeeded() throws Exception {
        var outcome = run(SCRIPT, "test");
        assertEquals(
                new Outcome(1, "almost-tls: no Java found: install a JDK of 17 or newer, or set JAVA_HOME\n"), outcome);
    }

    @Test
    void javaOlderThan17IsRefused() throws Exception {
        installJava("11");
        assertTrue(run(SCRIPT, "test").text().endsWith("is Java 11, AlmostTLS needs 17 or newer\n"));
    }

    @Test
    void javaFromBeforeTheNumbersChangedIsRefused() throws Exception {
        installJava("1.8");
        assertTrue(run(SCRIPT, "test").text().endsWith("is Java 1.8, AlmostTLS needs 17 or newer\n"));
    }

    @Test
    void aRuntimeWithoutCompilerIsRefused() throws Exception {
        installJava("17");
        Files.delete(machine.resolve("jdk/bin/javac"));
        assertTrue(run(SCRIPT, "test").text().contains("has no javac"));
    }

    @Test
    void testNamesWhatMissesAndGoesOnToMaven() throws Exception {
        installJava("17");
        install("bin/mvn", "echo mvn \"$@\"");
        install("bin/curl", "exit 0");
        var outcome = run(SCRIPT, "test", "-Dtest=A B");
        assertEquals(new Outcome(0, """
                        almost-tls: no openssl (package openssl): this leaves out the tests against OpenSSL
                        almost-tls: no gnutls-cli (package gnutls-bin): this leaves out the tests against GnuTLS
                        almost-tls: no wget (package wget): this leaves out the test against wget
                        almost-tls: no chromium (package chromium): this leaves out the test against Chromium
                        almost-tls: no jq (package jq): this leaves out the tests of the queries in docs/session-log.md
                        almost-tls: no pg_ctlcluster (package postgresql): this leaves out the test against PostgreSQL
                        almost-tls: no slapd (package slapd): this leaves out the test against slapd
                        almost-tls: no redis-server (package redis-server): this leaves out the test against Redis
                        mvn -B -ntp verify -Dtest=A B
                        """), outcome);
    }

    @Test
    void inCiAMissingPeerFails() throws Exception {
        installJava("25");
        install("bin/mvn", "echo mvn");
        var outcome = run(Map.of("CI", "true"), SCRIPT, "test");
        assertEquals(1, outcome.status());
        assertTrue(outcome.text().endsWith("almost-tls: in CI every peer must be there\n"), outcome::text);
    }

    @Test
    void itFindsItsFolderThroughLinks() throws Exception {
        installJava("17");
        install("bin/mvn", "pwd");
        for (var peer : List.of(
                "openssl", "gnutls-cli", "curl", "wget", "chromium", "jq", "pg_ctlcluster", "slapd", "redis-server"))
            install("bin/" + peer, "exit 0");
        var link = Files.createSymbolicLink(
                Files.createDirectory(machine.resolve("a folder")).resolve("link"), SCRIPT);
        var second = Files.createSymbolicLink(machine.resolve("second"), Path.of("a folder", "link"));
        assertEquals(run(SCRIPT, "test"), run(link, "test"));
        assertEquals(new Outcome(0, Sources.repository().toRealPath() + "\n"), run(second, "test"));
    }

    private void installJava(String version) throws IOException {
        var home = machine.resolve("jdk");
        install("bin/java", ANY_JAVA + " " + version + " " + home);
        install("jdk/bin/java", "exit 0");
        install("jdk/bin/javac", "exit 0");
    }

    private void install(String name, String body) throws IOException {
        var file = machine.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!" + onPath("sh") + "\n" + body + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private static Path onPath(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private Outcome run(Path script, String... arguments) throws Exception {
        return run(Map.of(), script, arguments);
    }

    private Outcome run(Map<String, String> environment, Path script, String... arguments) throws Exception {
        var command = Stream.concat(Stream.of(script.toString()), Stream.of(arguments))
                .toList();
        var builder = new ProcessBuilder(command).directory(machine.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", machine.resolve("bin").toString());
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "still running");
        return new Outcome(process.exitValue(), text);
    }
}
