package org.almosttls.real;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Redis server with a port in plaintext, and one for TLS at which clients show a certificate. */
final class Redis implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/redis-server");
    private static final String READY = "eady to accept connections";
    private static final int ATTEMPTS = 5;

    private final Process server;
    private final int plain;
    private final int tls;

    private Redis(Process server, int plain, int tls) {
        this.server = server;
        this.plain = plain;
        this.tls = tls;
    }

    /** Where Debian has it. */
    static boolean present() {
        return Files.isExecutable(PROGRAM);
    }

    /**
     * @param own its key and its certificates
     * @param ca the authority of its clients
     */
    static Redis start(Path folder, Pem own, Path ca) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int plain = FreePort.find();
            int tls = FreePort.find();
            Redis redis = new Redis(launch(folder, settings(plain, tls, own, ca)), plain, tls);
            List<String> said = redis.untilReady();
            if (said.isEmpty()) return redis;
            redis.close();
            // Between our finding a port free and its taking it, somebody else may have.
            if (attempt == ATTEMPTS) throw new AssertionError("Redis does not start:\n" + String.join("\n", said));
        }
    }

    private static List<String> settings(int plain, int tls, Pem own, Path ca) {
        return List.of(
                "--bind",
                "127.0.0.1",
                "--port",
                "" + plain,
                "--tls-port",
                "" + tls,
                "--tls-cert-file",
                own.chain().toString(),
                "--tls-key-file",
                own.key().toString(),
                "--tls-ca-cert-file",
                ca.toString(),
                "--tls-auth-clients",
                "yes",
                "--save",
                "",
                "--appendonly",
                "no");
    }

    private static Process launch(Path folder, List<String> settings) throws IOException {
        List<String> words = new ArrayList<>(List.of(PROGRAM.toString()));
        words.addAll(settings);
        return new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
    }

    /** What it said if it ended instead; else nothing. */
    private List<String> untilReady() throws IOException {
        BufferedReader output = server.inputReader();
        List<String> said = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(READY)) return List.of();
            said.add(line);
        }
        return said;
    }

    int plain() {
        return plain;
    }

    int tls() {
        return tls;
    }

    @Override
    public void close() {
        server.destroy();
        server.onExit().join();
    }
}
