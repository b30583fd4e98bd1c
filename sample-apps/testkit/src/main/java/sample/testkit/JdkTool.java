package sample.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The tools of the JDK that runs us. */
public final class JdkTool {

    /** What lets a JVM start quickly that is not there for long. */
    public static final List<String> LIGHT = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** Who guesses passwords of throw-away stores is to have it easy, since it is as easy for who has them. */
    private static final List<String> EASY = List.of(
            "-Dkeystore.pkcs12.keyPbeIterationCount=1",
            "-Dkeystore.pkcs12.certPbeIterationCount=1",
            "-Dkeystore.pkcs12.macIterationCount=1");

    private static final long PATIENCE_SECONDS = 60;

    private JdkTool() {}

    /** Where {@code java}, {@code keytool} and so on are. */
    public static Path path(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool);
    }

    /** Runs a tool in a folder to its end and gives what it said; fails if its exit code is not 0. */
    public static String run(Path folder, String tool, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(path(tool).toString()));
        Stream.of(LIGHT, EASY).flatMap(List::stream).forEach(option -> command.add("-J" + option));
        command.addAll(arguments);
        try {
            Path said = folder.resolve(tool + ".out");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            return outcome(process, command, said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String outcome(Process process, List<String> command, Path said) throws IOException {
        try {
            process.getOutputStream().close();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String text = Files.readString(said, StandardCharsets.UTF_8);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(command + (ended ? " failed:\n" : " does not end:\n") + text);
            }
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while running " + command, e);
        } finally {
            process.destroyForcibly();
        }
    }
}
