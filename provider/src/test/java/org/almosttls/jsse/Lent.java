package org.almosttls.jsse;

import java.util.Optional;
import org.almosttls.config.Clock;
import org.almosttls.config.OnRequest;
import org.almosttls.config.StapleSource;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.event.TlsEventListener;
import org.almosttls.store.Reloading;
import org.almosttls.ticket.TicketKeys;

/** What a provider would lend, with a clock and the keys of a fleet. */
final class Lent {

    private Lent() {}

    static Lending by(Clock clock, Optional<TicketKeys> keys) {
        return by(clock, OnRequest.NOTHING, keys);
    }

    /** With this on request. */
    static Lending by(Clock clock, OnRequest wanted) {
        return by(clock, wanted, Optional.empty());
    }

    private static Lending by(Clock clock, OnRequest wanted, Optional<TicketKeys> keys) {
        return new Lending(
                PerOperationBackend::platform,
                clock,
                TlsEventListener::none,
                new TextbookTerms(() -> false, said -> {}),
                () -> wanted,
                StapleSource::none,
                keys,
                Reloading.never());
    }
}
