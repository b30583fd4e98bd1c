package org.almosttls.agent.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A process of the demo: its lines go to the screen as they come, and are kept to be checked. */
final class DemoProcess {

    private final String label;
    private final Process process;
    private final Screen screen;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();
    private int read;

    DemoProcess(String label, Process process, Screen screen) {
        this.label = label;
        this.process = process;
        this.screen = screen;
        this.reader = new Thread(this::readLines, label);
        reader.setDaemon(true);
        reader.start();
    }

    private void readLines() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                screen.line(label, line);
                keep(line);
            }
        } catch (IOException endedByUs) {
            keep("");
        }
    }

    private synchronized void keep(String line) {
        lines.add(line);
        notifyAll();
    }

    /** Writes a line to its standard input. */
    void type(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /**
     * Waits for a line that no call before has returned or passed over.
     *
     * @return empty if there is none in this time
     */
    synchronized Optional<String> awaitLine(Predicate<String> wanted, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            while (read < lines.size()) {
                String line = lines.get(read++);
                if (wanted.test(line)) return Optional.of(line);
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) return Optional.empty();
            wait(left);
        }
    }

    /** @return its exit code, empty if it still runs after this time */
    Optional<Integer> awaitEnd(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) return Optional.empty();
        reader.join(TimeUnit.SECONDS.toMillis(2));
        return Optional.of(process.exitValue());
    }

    synchronized String output() {
        return lines.stream().collect(Collectors.joining("\n"));
    }

    String label() {
        return label;
    }

    void stop() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
