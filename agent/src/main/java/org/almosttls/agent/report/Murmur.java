package org.almosttls.agent.report;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Queue;

/** Says lines on a thread of its own, which ends with the last of them, so that a stderr that nobody reads stops nobody. */
final class Murmur implements Runnable {

    private static final int MOST_WAITING = 64;
    private static final long PATIENCE_MILLIS = 1000;

    private final PrintStream out;
    private final Queue<String> waiting = new ArrayDeque<>();
    private final Thread atExit = thread(this::awaitSilence, "AlmostTLS at exit");
    private boolean speaking;
    private boolean hooked;

    Murmur(PrintStream out) {
        this.out = out;
    }

    /** Soon; or never, if too much waits already. */
    synchronized void say(String line) {
        if (waiting.size() >= MOST_WAITING) return;
        waiting.add(line);
        if (speaking) return;
        Thread thread = thread(this, "AlmostTLS speaking");
        thread.setDaemon(true);
        try {
            thread.start();
            speaking = true;
            if (!hooked) Runtime.getRuntime().addShutdownHook(atExit);
            hooked = true;
        } catch (IllegalStateException exiting) {
            hooked = true;
        } catch (OutOfMemoryError noThreadLeft) {
            speaking = false;
        }
    }

    /** With nothing of the thread that happens to come first: it may be one of an application to be unloaded. */
    private static Thread thread(Runnable work, String name) {
        Thread thread = new Thread(null, work, name, 0, false);
        thread.setContextClassLoader(Murmur.class.getClassLoader());
        return thread;
    }

    @Override
    public void run() {
        for (String line = next(); !line.isEmpty(); line = next()) out.println(line);
    }

    /** Empty if there is none, and then this thread has ended. */
    private synchronized String next() {
        String line = waiting.poll();
        speaking = line != null;
        if (!speaking) notifyAll();
        return speaking ? line : "";
    }

    private synchronized void awaitSilence() {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        try {
            for (long left = PATIENCE_MILLIS; speaking && left > 0; left = (end - System.nanoTime()) / 1_000_000)
                wait(left);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        awaitSilence();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            return;
        }
    }
}
