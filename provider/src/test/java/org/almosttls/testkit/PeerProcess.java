package org.almosttls.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A running program of others: what it says is read all the time, so that it never waits for its reader. */
public final class PeerProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    /** Those that run: they are not to outlive the tests, however these end. */
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final String command;
    private final Process process;
    private final GrowingText output = new GrowingText();

    private PeerProcess(String command, Process process) {
        this.command = command;
        this.process = process;
        RUNNING.add(process);
        process.onExit().thenRun(() -> RUNNING.remove(process));
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
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) output.append(chunk, count);
        } catch (IOException killed) {
            // What was read until then stays.
        } finally {
            output.end();
        }
    }

    /** All it says: its standard output and its standard error, as they come. */
    public GrowingText output() {
        return output;
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
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) throw new AssertionError("runs on: " + this);
            output.awaitEnd();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for the end of " + this, e);
        }
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Asks it to end. */
    public void terminate() {
        process.destroy();
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
        return command + "\n" + output;
    }
}
