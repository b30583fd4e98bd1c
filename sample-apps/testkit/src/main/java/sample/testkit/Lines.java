package sample.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a stream, read by a thread of their own as they come, so that the writer never waits for us. */
final class Lines {

    private final List<String> lines = new ArrayList<>();
    private int passed;
    private boolean ended;

    private Lines() {}

    static Lines of(InputStream stream) {
        var lines = new Lines();
        var reader = new Thread(() -> lines.readAll(stream), "lines of a child");
        reader.setDaemon(true);
        reader.start();
        return lines;
    }

    /** Goes forward to the first line with a match; empty if time or lines run out. */
    synchronized Optional<MatchResult> await(Pattern pattern, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            while (passed < lines.size()) {
                Matcher matcher = pattern.matcher(lines.get(passed++));
                if (matcher.find()) {
                    return Optional.of(matcher.toMatchResult());
                }
            }
            if (ended || !changes(deadline)) {
                return Optional.empty();
            }
        }
    }

    synchronized void awaitEnd(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean inTime = true;
        while (!ended && inTime) {
            inTime = changes(deadline);
        }
    }

    synchronized String text() {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    /** Waits for a change; false if the deadline is over. */
    private boolean changes(long deadline) {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            return false;
        }
        try {
            wait(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void readAll(InputStream stream) {
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            // A killed child's pipe may break off; what came before is kept.
            add("[" + e.getMessage() + "]");
        } finally {
            end();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }
}
