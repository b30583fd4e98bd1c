package org.almosttls.trace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes lines on a thread of its own, so that whoever has something to tell never waits for a slow disk or a pipe that
 * nobody reads: what finds the queue full is counted and told of later.
 */
final class LineWriter {

    /** Makes a line; called by the writing thread. */
    interface Line {
        byte[] bytes() throws IOException;
    }

    private static final int MOST_WAITING = 1024;

    private final LineSink sink;
    private final LineSink complaints;
    private final LinkedBlockingQueue<Line> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final AtomicLong unwritten = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean started = new AtomicBoolean();
    private boolean complained;

    LineWriter(LineSink sink, LineSink complaints) {
        this.sink = sink;
        this.complaints = complaints;
    }

    /** Takes it to be written soon, or drops it; never waits. */
    void write(Line line) {
        unwritten.incrementAndGet();
        if (!waiting.offer(line)) {
            dropped.incrementAndGet();
            done();
        }
        if (started.compareAndSet(false, true)) start();
    }

    /** Waits until all is written that was taken, but no longer than this. */
    synchronized void flush(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; unwritten.get() > 0 && left > 0; left = leftUntil(end)) wait(left);
    }

    private static long leftUntil(long end) {
        return TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }

    /** Inherits nothing of the thread that happens to come first: it may be one of an application to be unloaded. */
    private void start() {
        var thread = new Thread(null, this::run, "AlmostTLS session log", 0, false);
        thread.setContextClassLoader(LineWriter.class.getClassLoader());
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError noThreadLeft) {
            // The next line tries again; the application's connection must not notice.
            started.set(false);
        }
    }

    private void run() {
        while (true) {
            try {
                writeOne(waiting.take());
            } catch (InterruptedException notForUs) {
                // Whoever interrupts whole groups of threads does not mean this one.
                continue;
            }
        }
    }

    private void writeOne(Line line) {
        try {
            sink.write(line.bytes());
            tellDropped();
        } catch (IOException | RuntimeException | LinkageError failed) {
            complainOnce("AlmostTLS: the session log cannot be written (" + failed + ")");
        } finally {
            done();
        }
    }

    private void tellDropped() throws IOException {
        long count = dropped.getAndSet(0);
        if (count > 0)
            complaints.write(utf8("AlmostTLS: " + count + " sessions are missing in the session log: it"
                    + " cannot be written as fast as they end"));
    }

    private void complainOnce(String words) {
        if (complained) return;
        complained = true;
        try {
            complaints.write(utf8(words));
        } catch (IOException nobodyHears) {
            dropped.incrementAndGet();
        }
    }

    private static byte[] utf8(String words) {
        return (Printable.of(words) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private synchronized void done() {
        if (unwritten.decrementAndGet() <= 0) notifyAll();
    }
}
