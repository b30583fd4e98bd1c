package org.almosttls.interop;

import java.util.List;
import java.util.Optional;

/** A run of {@code gnutls-cli}, which when it is to go on with its session hangs up and calls again by itself. */
final class GnutlsVisits implements Series {

    private final Terms own;
    private final Resumption how;
    private Optional<CommandLinePeer> running = Optional.empty();

    GnutlsVisits(Terms own, Resumption how) {
        this.own = own;
        this.how = how;
    }

    @Override
    public int port() {
        throw new IllegalStateException("a client");
    }

    @Override
    public Correspondent next(int port) {
        if (running.isEmpty()) {
            var gnutls = how == Resumption.ID ? new Gnutls().without("%NO_TICKETS") : new Gnutls();
            running = Optional.of(gnutls.call(own, port, comesBackByItself() ? List.of("--resume") : List.of()));
        }
        return running.get().kept();
    }

    @Override
    public boolean comesBackByItself() {
        return how != Resumption.NONE;
    }

    @Override
    public void close() {
        running.ifPresent(CommandLinePeer::close);
    }
}
