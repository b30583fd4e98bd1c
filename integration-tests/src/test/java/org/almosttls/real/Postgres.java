package org.almosttls.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A PostgreSQL server in a folder of its own. It does not run as root, so there it runs as {@code postgres}. */
final class Postgres implements AutoCloseable {

    static final String PASSWORD = "by-heart";

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final String READY = "database system is ready to accept connections";

    private final Path folder;
    private final StartedServer server;

    private Postgres(Path folder, StartedServer server) {
        this.folder = folder;
        this.server = server;
    }

    /** Where Debian has its programs, which are not on the PATH. */
    static boolean present() {
        return Files.isDirectory(VERSIONS);
    }

    /**
     * One with the user {@code stranger}, who comes with a password, and {@code client}, who comes with a certificate.
     *
     * @param server its key and its certificates
     * @param ca the authority of its clients
     */
    static Postgres start(Pem server, Path ca) throws IOException {
        Path folder = Files.createTempDirectory("postgres");
        Files.copy(server.key(), folder.resolve("key"));
        Files.copy(server.chain(), folder.resolve("chain"));
        Files.copy(ca, folder.resolve("ca"));
        run(List.of("chmod", "700", folder.toString()), "");
        run(List.of("chmod", "600", folder.resolve("key").toString()), "");
        if (isRoot()) run(List.of("chown", "-R", "postgres", folder.toString()), "");
        Path data = folder.resolve("data");
        run(program("initdb", "-D", data.toString(), "-U", "postgres", "--no-sync", "-A", "trust"), "");
        String users = "create role stranger login password '" + PASSWORD + "';\ncreate role client login;\n";
        run(program("postgres", "--single", "-D", data.toString(), "postgres"), users);
        Files.writeString(data.resolve("pg_hba.conf"), """
                hostssl all stranger 127.0.0.1/32 scram-sha-256
                hostssl all client   127.0.0.1/32 cert
                """);
        return new Postgres(
                folder,
                StartedServer.awaited(
                        READY, (port, unused) -> launch(program("postgres", settings(folder, data, port)))));
    }

    private static String[] settings(Path folder, Path data, int port) {
        return Stream.concat(
                        Stream.of("-D", data.toString()),
                        Stream.of(
                                        "port=" + port,
                                        "listen_addresses=127.0.0.1",
                                        "unix_socket_directories=",
                                        "fsync=off",
                                        "ssl=on",
                                        "ssl_key_file=" + folder.resolve("key"),
                                        "ssl_cert_file=" + folder.resolve("chain"),
                                        "ssl_ca_file=" + folder.resolve("ca"))
                                .flatMap(setting -> Stream.of("-c", setting)))
                .toArray(String[]::new);
    }

    int port() {
        return server.port();
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static List<String> program(String name, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(
                isRoot() ? List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups") : List.of());
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            words.add(versions.max(Path::compareTo)
                    .orElseThrow()
                    .resolve("bin")
                    .resolve(name)
                    .toString());
        }
        words.addAll(List.of(arguments));
        return words;
    }

    private static Process launch(List<String> command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(Path.of("/").toFile()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    private static void run(List<String> command, String input) throws IOException {
        Process process = launch(command);
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) throw new AssertionError(command + " failed:\n" + said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted in " + command, e);
        }
    }

    @Override
    public void close() {
        server.close();
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst =
                    files.sorted((one, other) -> other.compareTo(one)).collect(Collectors.toList());
            for (Path file : deepestFirst) Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
