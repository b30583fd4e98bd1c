package org.almosttls.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/** The delegated tasks of one engine: run at once, later, or by another thread. */
final class Tasks {

    private static final ThreadLocal<Boolean> RUNNING = ThreadLocal.withInitial(() -> false);
    private static final ExecutorService OTHER_THREAD = Executors.newSingleThreadExecutor(run -> {
        var thread = new Thread(run, "delegated tasks");
        thread.setDaemon(true);
        return thread;
    });

    private final SSLEngine engine;
    private final boolean exact;
    private Runnable held;

    /** @param exact whether none may be handed out that the status does not tell of */
    Tasks(SSLEngine engine, boolean exact) {
        this.engine = engine;
        this.exact = exact;
    }

    /** Whether the calling thread is within a delegated task. */
    static boolean isRunning() {
        return RUNNING.get();
    }

    static void run(Runnable task) {
        RUNNING.set(true);
        try {
            task.run();
        } finally {
            RUNNING.set(false);
        }
    }

    boolean isHeld() {
        return held != null;
    }

    /** One is handed out if the status says so, and none if it does not, unless something goes before it. */
    boolean take() {
        if (held != null) return false;
        var status = engine.getHandshakeStatus();
        boolean due = status == HandshakeStatus.NEED_TASK;
        held = engine.getDelegatedTask();
        if (due) assertNotNull(held, "NEED_TASK, but there is none");
        else if (exact && status != HandshakeStatus.NEED_WRAP)
            assertNull(held, "a task that the status does not tell of");
        return held != null;
    }

    /** Runs the one that was handed out. */
    void run(boolean byAnotherThread) {
        var task = held;
        held = null;
        if (byAnotherThread)
            joined(() -> {
                run(task);
                return true;
            });
        else run(task);
    }

    /** By another thread, whose end is waited for. */
    private static void joined(Callable<Boolean> work) {
        try {
            assertEquals(true, OTHER_THREAD.submit(work).get());
        } catch (InterruptedException | java.util.concurrent.ExecutionException failed) {
            throw new AssertionError(failed);
        }
    }
}
