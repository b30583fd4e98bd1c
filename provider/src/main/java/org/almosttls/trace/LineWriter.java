package org.almosttls.trace;

import java.io.IOException;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
    private static final int MOST_OCTETS = 1 << 24;

    /** What waits, and how much memory it may hold on to. */
    private record Waiting(Line line, int octets) {}

    private final LineSink sink;
    private final Complaints complaints;
    private final LinkedBlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final AtomicLong unwritten = new AtomicLong();
    private final AtomicLong unwrittenOctets = new AtomicLong();
    private Optional<Thread> thread = Optional.empty();
    private volatile boolean closed;

    LineWriter(LineSink sink, LineSink complaints) {
        this.sink = sink;
        this.complaints = new Complaints(complaints);
    }

    /**
     * Takes it to be written soon, or drops it; never waits.
     *
     * @param octets how much it may hold on to, more or less
     */
    void write(Line line, int octets) {
        if (closed) return;
        unwritten.incrementAndGet();
        boolean fits = unwrittenOctets.addAndGet(octets) <= MOST_OCTETS;
        if (!fits || !waiting.offer(new Waiting(line, octets))) {
            complaints.lostOne();
            done(octets);
        }
        start();
    }

    /** Waits until all is written that was taken, but no longer than this; whether it is. */
    synchronized boolean flush(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; unwritten.get() > 0 && left > 0; left = leftUntil(end)) wait(left);
        return unwritten.get() <= 0;
    }

    /** Nothing is written from now on; a line that is being written is finished. */
    synchronized void close() {
        closed = true;
        thread.ifPresent(Thread::interrupt);
    }

    private static long leftUntil(long end) {
        return TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }

    private synchronized void start() {
        if (thread.isPresent() || closed) return;
        var fresh = thread(this::run, "AlmostTLS session log");
        fresh.setDaemon(true);
        try {
            fresh.start();
            thread = Optional.of(fresh);
        } catch (OutOfMemoryError noThreadLeft) {
            // The next line tries again; the application's connection must not notice.
            thread = Optional.empty();
        }
    }

    /** Inherits nothing of the thread that happens to come first: it may be one of an application to be unloaded. */
    @SuppressWarnings("removal")
    static Thread thread(Runnable work, String name) {
        return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> {
            var thread = new Thread(null, work, name, 0, false);
            thread.setContextClassLoader(LineWriter.class.getClassLoader());
            return thread;
        });
    }

    private void run() {
        while (!closed) {
            try {
                writeOne(waiting.take());
            } catch (InterruptedException perhapsNotForUs) {
                // Whoever interrupts whole groups of threads does not mean this one; close() does.
                continue;
            }
        }
        try {
            sink.close();
        } catch (IOException failed) {
            complaints.failed("closed", failed);
        }
    }

    private void writeOne(Waiting next) {
        try {
            sink.write(next.line.bytes());
            complaints.tellLost();
        } catch (IOException | RuntimeException | Error failed) {
            // Errors too, or one line that cannot be made would be the end of all later ones.
            complaints.failed("written", failed);
        } finally {
            done(next.octets);
        }
    }

    private synchronized void done(int octets) {
        unwrittenOctets.addAndGet(-octets);
        if (unwritten.decrementAndGet() <= 0) notifyAll();
    }
}
