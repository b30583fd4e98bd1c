package sample.testkit;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sample applications of this checkout, by name, from their built jars. */
public final class SampleApp {

    private static final Pattern LISTENING = Pattern.compile("^listening on (?:https://)?localhost:(\\d+)/?$");
    private static final Duration START = Duration.ofSeconds(60);

    private SampleApp() {}

    /** A server sample that is ready: the child, and the port it listens on. */
    public record Server(ChildJvm jvm, int port) implements AutoCloseable {

        /** The root page of one that speaks HTTPS. */
        public URI address() {
            return URI.create("https://localhost:" + port + "/");
        }

        @Override
        public void close() {
            jvm.close();
        }
    }

    /** Runs a sample's jar. */
    public static ChildJvm start(List<String> jvmArgs, String name, String... args) {
        return ChildJvm.start(jvmArgs, jar(name), args);
    }

    /** The {@code https-server} on a free port, with a key store of {@link ThrowAwayKeys}. */
    public static Server httpsServer(List<String> jvmArgs, Path keyStore, String... more) {
        return httpsServer("https-server", jvmArgs, keyStore, more);
    }

    /** A sample that takes the same words as the {@code https-server}, as that one. */
    public static Server httpsServer(String name, List<String> jvmArgs, Path keyStore, String... more) {
        return await(start(jvmArgs, name, concat(serverArguments(keyStore), more)));
    }

    /** The {@code line-chat server} on a free port, with a key store of {@link ThrowAwayKeys}. */
    public static Server chatServer(List<String> jvmArgs, Path keyStore, String... more) {
        String[] words = concat(new String[] {"server"}, serverArguments(keyStore));
        return await(start(jvmArgs, "line-chat", concat(words, more)));
    }

    private static String[] serverArguments(Path keyStore) {
        return new String[] {"--port", "0", "--keystore", keyStore.toString(), "--password", ThrowAwayKeys.PASSWORD};
    }

    /** Waits until a server says where it listens. */
    public static Server await(ChildJvm jvm) {
        try {
            var said = jvm.awaitLine(LISTENING, START);
            return new Server(jvm, Integer.parseInt(said.group(1)));
        } catch (AssertionError e) {
            jvm.close();
            throw e;
        }
    }

    /** The built jar of a sample; works from any folder of the checkout. */
    public static Path jar(String name) {
        Path jar = root().resolve(Path.of("sample-apps", name, "target", name + ".jar"));
        if (!Files.isRegularFile(jar)) {
            throw new AssertionError("not built: " + jar);
        }
        return jar;
    }

    /** The folder of the checkout. */
    static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(Path.of("sample-apps", "pom.xml")))) {
                return folder;
            }
        }
        throw new AssertionError("not in a checkout: " + start);
    }

    private static String[] concat(String[] first, String[] second) {
        return Stream.of(first, second).flatMap(Stream::of).toArray(String[]::new);
    }
}
