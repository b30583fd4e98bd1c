package org.almosttls.engine;

import java.util.Optional;
import org.almosttls.handshake.Action.Work;

/** The slow work of a connection: at most one piece at a time, handed out once. Guarded by the connection's lock, but for the look at whether there is any. */
final class TaskQueue {

    private volatile Optional<Work> outstanding = Optional.empty();
    private boolean handedOut;

    void add(Work work) {
        if (outstanding.isPresent()) throw new IllegalStateException("work is outstanding already");
        outstanding = Optional.of(work);
        handedOut = false;
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
