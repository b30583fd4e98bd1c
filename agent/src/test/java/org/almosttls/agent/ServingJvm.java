package org.almosttls.agent;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, which says {@code port N} first. */
final class ServingJvm implements AutoCloseable {

    private static final long SECONDS = 60;

    private final Process process;
    private final Path err;
    private final BufferedReader out;
    private final int port;

    ServingJvm(Path folder, List<String> command) throws IOException {
        err = Files.createTempFile(folder, "serving", ".err");
        process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(err.toFile())
                .start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        assertNotNull(line, () -> "no server: " + Files.exists(err));
        port = Integer.parseInt(line.replace("port ", ""));
    }

    int port() {
        return port;
    }

    /** Waits for its end, after so many clients as it wants. */
    List<String> said() throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) lines.add(line);
        assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS));
        return lines;
    }

    List<String> complaints() throws IOException {
        return Files.readAllLines(err);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
