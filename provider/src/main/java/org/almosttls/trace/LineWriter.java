package org.almosttls.trace;

import java.io.IOException;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.almosttls.trace.Backlog.Waiting;

/**
 * Writes lines on a thread of its own, so that whoever has something to tell never waits for a slow disk or a pipe that
 * nobody reads. What finds no room, or cannot be written, is counted, and the next line that is written says so.
 */
final class LineWriter {

    /** Makes a line; called by the writing thread. */
    interface Line {
        /** @param missing how many before it have no line, and no line that says so */
        byte[] bytes(long missing) throws IOException;
    }

    private static final int SLOWNESS = 5;
    private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final SinkInUse sink;
    private final Complaints complaints;
    private final Tally tally;
    private final Backlog backlog = new Backlog(MOMENT_NANOS);
    private final ReentrantLock starting = new ReentrantLock();
    private volatile Optional<Thread> thread = Optional.empty();
    private volatile boolean closed;

    LineWriter(LineSink sink, LineSink complaints, Tally tally) {
        this.sink = new SinkInUse(sink);
        this.complaints = new Complaints(complaints);
        this.tally = tally;
    }

    /**
     * Takes it to be written soon, or drops it; never waits.
     *
     * @param octets how much it may hold on to, more or less
     * @return whether this is still somebody who writes
     */
    boolean write(Line line, int octets) {
        return write(new Waiting(line, octets, tally, false));
    }

    /**
     * The same for a line that is about less than a session, and leaves room for those that are.
     *
     * @param others where such lines are counted
     */
    boolean writeAside(Line line, int octets, Tally others) {
        return write(new Waiting(line, octets, others, true));
    }

    private boolean write(Waiting line) {
        if (closed) return false;
        if (!backlog.offer(line)) line.tally().lostOne();
        if (thread.isEmpty()) start();
        return true;
    }

    /**
     * Waits until all is written that was taken; whether it is.
     *
     * @param millis for a line that nobody takes; a line that is being made, which is slow on a busy machine, is waited for
     *     {@value #SLOWNESS} times as long
     */
    boolean flush(long millis) throws InterruptedException {
        for (int slice = 0; slice < SLOWNESS; slice++) {
            long before = sink.taken();
            if (backlog.awaitNone(millis)) return true;
            if (sink.isBusy() && sink.taken() == before) return false;
        }
        return false;
    }

    /** Nothing is written from now on; a line that is being written is finished, unless nobody takes it. */
    void close() {
        starting.lock();
        try {
            closed = true;
            thread.ifPresentOrElse(Thread::interrupt, this::closeSink);
        } finally {
            starting.unlock();
        }
    }

    private void start() {
        starting.lock();
        try {
            if (thread.isPresent() || closed) return;
            var fresh = thread(this::run, "AlmostTLS session log");
            fresh.setDaemon(true);
            fresh.start();
            thread = Optional.of(fresh);
        } catch (OutOfMemoryError noThreadLeft) {
            // The next line tries again; the application's connection must not notice.
            thread = Optional.empty();
        } finally {
            starting.unlock();
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
                write(backlog.take(sink.most()));
            } catch (InterruptedException perhapsNotForUs) {
                // Whoever interrupts whole groups of threads does not mean this one; close() does.
                continue;
            } catch (RuntimeException | Error unforeseen) {
                // What was not written is counted; those that come later may fare better.
                continue;
            }
        }
        closeSink();
    }

    private void closeSink() {
        try {
            sink.close();
        } catch (IOException failed) {
            complaints.failed("closed", failed);
        }
    }

    /** At once as long as all is well, which takes less of the processors than one by one. */
    private void write(List<Waiting> lines) {
        int done = 0;
        try {
            if (lines.size() > 1) done = writeTogether(lines);
            for (; done < lines.size() && !closed; done++) writeOne(lines.get(done));
        } catch (RuntimeException | Error unforeseen) {
            for (; done < lines.size(); done++) lost(lines.get(done), unforeseen);
        }
    }

    /** How many of them are done with: none if one has more to say than what it is about, or cannot be made. */
    private int writeTogether(List<Waiting> lines) {
        var made = new ArrayList<byte[]>();
        try {
            for (Waiting each : lines) {
                if (each.tally().missing() > 0) return 0;
                made.add(each.line().bytes(0));
            }
        } catch (IOException | RuntimeException | Error unmade) {
            return 0;
        }
        int written;
        try {
            written = sink.write(made);
        } catch (IOException | RuntimeException | Error failed) {
            lost(lines.get(0), failed);
            return 1;
        }
        for (Waiting each : lines.subList(0, written)) told(each, 0);
        return written;
    }

    private void writeOne(Waiting next) {
        long missing = next.tally().missing();
        try {
            sink.write(next.line().bytes(missing));
            told(next, missing);
        } catch (IOException | RuntimeException | Error failed) {
            // Errors too, or one line that cannot be made would be the end of all later ones.
            lost(next, failed);
        }
    }

    private void told(Waiting line, long missing) {
        line.tally().toldOne(missing);
        if (missing > 0 && !line.aside()) complain(complaints::tooSlow);
        backlog.done(line);
    }

    private static void complain(Runnable words) {
        try {
            words.run();
        } catch (RuntimeException | Error unsaid) {
            // Whatever kept a line from being written, as too little memory does, may keep this from being said.
            return;
        }
    }

    private void lost(Waiting line, Throwable why) {
        line.tally().lostOne();
        complain(() -> complaints.failed("written", why));
        // Whoever interrupts whole groups of threads does not mean those that follow.
        Thread.interrupted();
        backlog.done(line);
    }
}
