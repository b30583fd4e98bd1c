package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almosttls.agent.AgentJvm.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sample.testkit.FreePort;

/** An application that speaks plaintext, upgraded at one end, and OpenSSL or a server of the field at the other. */
class UpgradePeersIT {

    private static final String CLASSES =
            Path.of("target", "test-classes").toAbsolutePath().toString();
    private static final String PORTS = ",upgrade.ports=1024-65535";
    private static final String SERVER =
            PORTS + ",upgrade.keystore=own.p12,upgrade.keystore.password_file=own.password";
    private static final String CLIENT = PORTS + ",upgrade.truststore=ca.pem";

    @TempDir
    private static Path folder;

    private final List<Process> processes = new ArrayList<>();

    @BeforeAll
    static void makeStores() throws Exception {
        UpgradeStores.makeIn(folder);
    }

    @AfterEach
    void stop() {
        processes.forEach(Process::destroyForcibly);
    }

    private Process start(String... command) throws IOException {
        Peers.require(command[0]);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        processes.add(process);
        return process;
    }

    private static BufferedReader said(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    private static Matcher await(BufferedReader in, String pattern) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Matcher found = Pattern.compile(pattern).matcher(line);
            if (found.find()) return found;
        }
        throw new AssertionError("it never said " + pattern);
    }

    private static Outcome client(String options, String... words) throws Exception {
        return new AgentJvm()
                .in(folder)
                .agent(options)
                .with("-cp", CLASSES, PlainApp.class.getName())
                .with(words)
                .run();
    }

    @ParameterizedTest
    @ValueSource(strings = {"permissive", "strict"})
    void aClientTalksToAServerOfOpenSsl(String mode) throws Exception {
        Process openssl = start("openssl", "s_server", "-rev", "-accept", "0", "-cert", "own.pem", "-key", "own.pem");
        String port = await(said(openssl), "ACCEPT .*:(\\d+)").group(1);
        Outcome outcome = client("upgrade=" + mode + CLIENT, "client", port);
        assertEquals(List.of("eno", "4", "null", "null"), outcome.out(), outcome::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void aServerTalksToAClientOfOpenSsl(String version) throws Exception {
        List<String> command = AgentJvm.java();
        command.addAll(List.of(
                "-javaagent:" + AgentJvm.JAR + "=upgrade=permissive" + SERVER,
                "-cp",
                CLASSES,
                PlainApp.class.getName(),
                "server",
                "1"));
        try (var server = new ServingJvm(folder, command)) {
            Process openssl = start(
                    "openssl",
                    "s_client",
                    version,
                    "-quiet",
                    "-no_ign_eof",
                    "-CAfile",
                    "ca.pem",
                    "-verify_return_error",
                    "-connect",
                    "localhost:" + server.port());
            try (OutputStream out = openssl.getOutputStream()) {
                out.write("one\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                await(said(openssl), "^you said one$");
            }
            // RFC 5246 §7.2.1: who hears close_notify writes no more.
            assertEquals(version.equals("-tls1_3") ? List.of() : List.of("SocketException"), server.said());
        }
    }

    /** The platform's other way to speak to it would be TLS of the application's own. */
    @ParameterizedTest
    @ValueSource(strings = {"permissive", "strict"})
    void aClientOfRedisTalksToItsTlsPort(String mode) throws Exception {
        String port = "" + FreePort.find();
        Process redis = start(
                "redis-server",
                "--port",
                "0",
                "--tls-port",
                port,
                "--tls-cert-file",
                "own.pem",
                "--tls-key-file",
                "own.pem",
                "--tls-ca-cert-file",
                "ca.pem",
                "--tls-auth-clients",
                "no");
        await(said(redis), "eady to accept connections");
        Outcome outcome = client("upgrade=" + mode + CLIENT, "redis", port);
        assertEquals(List.of("+PONG", "+OK", "$5", "value"), outcome.out(), outcome::toString);
    }

    @Test
    void aClientOfRedisInPlaintextGoesOnAsBefore() throws Exception {
        String port = "" + FreePort.find();
        Process redis = start("redis-server", "--port", port);
        await(said(redis), "eady to accept connections");
        Outcome outcome = client("upgrade=permissive" + CLIENT, "redis", port);
        assertEquals(List.of("+PONG", "+OK", "$5", "value"), outcome.out(), outcome::toString);
        assertTrue(
                outcome.err().stream().anyMatch(line -> line.startsWith("AlmostTLS: plaintext:")), outcome::toString);
    }
}
