package org.almosttls.engine;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.NextHandshake;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.config.TlsConfig;

/** Once-only facts about a connection, how it goes on after its first handshake, and what its peer may waste. */
final class Life {

    private final AtomicReference<Optional<TlsAlertException>> untoldFailure = new AtomicReference<>(Optional.empty());
    private final FloodGuard floods;
    private final NextHandshake next;
    private final boolean interleaves;
    private volatile boolean started;

    Life(NextHandshake next, TlsConfig config) {
        this.next = next;
        this.floods = new FloodGuard(config.clock());
        this.interleaves = config.onRequest().has(Feature.RENEGOTIATION);
    }

    NextHandshake next() {
        return next;
    }

    FloodGuard floods() {
        return floods;
    }

    /** Whether handshakes after the first may come, amid data. */
    boolean interleaves() {
        return interleaves;
    }

    boolean isStarted() {
        return started;
    }

    void start() {
        started = true;
    }

    /** The caller was not there to be told. */
    void leaveUntold(TlsAlertException failure) {
        untoldFailure.set(Optional.of(failure));
    }

    void throwUntold() throws TlsAlertException {
        if (untoldFailure.get().isEmpty()) return;
        var failure = untoldFailure.getAndSet(Optional.empty());
        if (failure.isPresent()) throw failure.get();
    }
}
