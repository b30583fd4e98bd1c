package org.almosttls.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running program of others: what it says is read all the time, so that it never waits for its reader. */
public final class PeerProcess implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 30_000;

    private final String command;
    private final Process process;
    /** Standard output and error as they come; also the lock for all that follows. */
    private final StringBuilder output = new StringBuilder();

    private boolean ended;
    private int taken;

    private PeerProcess(String command, Process process) {
        this.command = command;
        this.process = process;
        var reader = new Thread(this::read, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    public static PeerProcess start(Peers peer, String... arguments) {
        return start(peer, List.of(arguments), Map.of());
    }

    public static PeerProcess start(Peers peer, List<String> arguments, Map<String, String> environment) {
        var command = new ArrayList<String>();
        command.add(peer.require().toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return new PeerProcess(String.join(" ", command), builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        byte[] chunk = new byte[16384];
        try (InputStream in = process.getInputStream()) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                synchronized (output) {
                    output.append(new String(chunk, 0, count, StandardCharsets.ISO_8859_1));
                    output.notifyAll();
                }
            }
        } catch (IOException killed) {
            // What was read until then stays.
        } finally {
            synchronized (output) {
                ended = true;
                output.notifyAll();
            }
        }
    }

    /** Waits until this has been said; the last group of the match. */
    public String await(String regex) {
        synchronized (output) {
            var found = awaitFrom(0, Pattern.compile(regex));
            return found.group(found.groupCount());
        }
    }

    /** Waits until this is said after all that was taken before, and takes it; the last group of the match. */
    public String take(String regex) {
        synchronized (output) {
            var found = awaitFrom(taken, Pattern.compile(regex));
            taken = found.end();
            return found.group(found.groupCount());
        }
    }

    private Matcher awaitFrom(int start, Pattern pattern) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        var matcher = pattern.matcher(output);
        while (!matcher.reset(output).find(start)) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (ended || left <= 0) throw new AssertionError("never said '" + pattern + "': " + this);
            try {
                output.wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted while waiting for '" + pattern + "': " + this, e);
            }
        }
        return matcher;
    }

    /** Whether this has been said so far. */
    public boolean has(String regex) {
        synchronized (output) {
            return Pattern.compile(regex).matcher(output).find();
        }
    }

    /** Writes to its standard input. */
    public void say(String text) {
        try {
            var in = process.getOutputStream();
            in.write(text.getBytes(StandardCharsets.ISO_8859_1));
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(toString(), e);
        }
    }

    /** Ends its standard input. */
    public void sayNoMore() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(toString(), e);
        }
    }

    /** Waits until it has ended and all it said is read. */
    public int exitCode() {
        try {
            if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) throw new AssertionError("runs on: " + this);
            synchronized (output) {
                while (!ended) output.wait(PATIENCE_MILLIS);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Ends it at once; its connections are closed by the system, without a word from itself. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    @Override
    public void close() {
        if (process.isAlive()) kill();
    }

    /** The command and all it has said, for messages. */
    @Override
    public String toString() {
        synchronized (output) {
            return command + "\n" + output;
        }
    }
}
