package org.almosttls.engine;

import java.util.Optional;
import org.almosttls.handshake.Action.Work;

/** The slow work of a connection: at most one piece at a time, handed out once. Guarded by the connection's lock, but for the look at whether there is any. */
final class TaskQueue {

    private volatile Optional<Work> outstanding = Optional.empty();
    private volatile boolean handedOut;
    private volatile boolean aside;

    void add(Work work, boolean toBeAside) {
        if (outstanding.isPresent()) throw new IllegalStateException("work is outstanding already");
        aside = toBeAside;
        handedOut = false;
        outstanding = Optional.of(work);
    }

    /** Whether somebody has to do work, or has to wait for who does it. */
    boolean isDue() {
        return isOutstanding() && !(aside && handedOut);
    }

    /** Something has come that cannot be looked at before the work is done, nor anything behind it. */
    void hold() {
        aside = false;
    }

    /** Whether data can come while work is outstanding. */
    boolean isAside() {
        return aside;
    }

    boolean isOutstanding() {
        return outstanding.isPresent();
    }

    Optional<Work> handOut() {
        if (handedOut) return Optional.empty();
        handedOut = outstanding.isPresent();
        return outstanding;
    }

    void finished() {
        outstanding = Optional.empty();
    }
}
