package org.almosttls.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Redis server with a port in plaintext, and one for TLS at which clients show a certificate. */
final class Redis implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/redis-server");
    private static final String READY = "eady to accept connections";

    private final StartedServer server;

    private Redis(StartedServer server) {
        this.server = server;
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
        return new Redis(StartedServer.awaited(READY, (plain, tls) -> launch(folder, settings(plain, tls, own, ca))));
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

    int plain() {
        return server.port();
    }

    int tls() {
        return server.other();
    }

    @Override
    public void close() {
        server.close();
    }
}
