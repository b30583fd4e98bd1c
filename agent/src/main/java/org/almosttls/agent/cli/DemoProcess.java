package org.almosttls.agent.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of the demo: its lines go to the screen as they come, and are kept to be checked. */
final class DemoProcess {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
    private static final long LAST_MILLIS = 2000;

    private final Process process;
    private final Screen screen;
    private final long end;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();
    private int passed;
    private boolean complete;

    /** @param end when, by {@code System.nanoTime}, waiting for it must stop at the latest */
    DemoProcess(String label, Process process, Screen screen, long end) {
        this.process = process;
        this.screen = screen;
        this.end = end;
        this.reader = new Thread(this::readLines, label);
        reader.setDaemon(true);
        reader.start();
    }

    private void readLines() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                screen.line(reader.getName(), line);
                keep(line);
            }
        } catch (IOException stopped) {
            keep("");
        } finally {
            complete();
        }
    }

    private synchronized void keep(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void complete() {
        complete = true;
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

    /** Waits for a line that no call before has gone past. */
    synchronized MatchResult expectLine(String what, Pattern wanted) throws DemoFailed, InterruptedException {
        long until = until();
        while (true) {
            while (passed < lines.size()) {
                Matcher matcher = wanted.matcher(lines.get(passed++));
                if (matcher.find()) return matcher.toMatchResult();
            }
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (complete) throw new DemoFailed("the " + reader.getName() + " ended and did not show " + what);
            if (left <= 0) throw new DemoFailed("the " + reader.getName() + " did not show " + what + " in time");
            wait(left);
        }
    }

    /** Waits for its end, all of its output being read. */
    void expectEnd(int exitCode) throws DemoFailed, InterruptedException {
        if (!process.waitFor(until() - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new DemoFailed("the " + reader.getName() + " did not end in time");
        }
        reader.join(LAST_MILLIS);
        if (process.exitValue() != exitCode) {
            throw new DemoFailed(
                    "the " + reader.getName() + " ended with " + process.exitValue() + " and not with " + exitCode);
        }
    }

    private long until() {
        return Math.min(System.nanoTime() + PATIENCE, end);
    }

    void stop() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(LAST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
