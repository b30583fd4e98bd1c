package org.almosttls.jsse;

import java.util.Optional;
import java.util.function.Supplier;
import org.almosttls.config.Clock;
import org.almosttls.config.OnRequest;
import org.almosttls.config.StapleSource;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.event.TlsEventListener;
import org.almosttls.store.Reloading;
import org.almosttls.ticket.TicketKeys;

/**
 * What a provider lends to all of its contexts.
 *
 * @param crypto made at the first connection, not before
 * @param listener asked for at the first connection, not before
 * @param textbook on which terms AlmostTLSv1 is spoken
 * @param onRequest asked for at each connection
 * @param staples made at the first connection that may need it, not before
 * @param ticketKeys what a fleet makes its session tickets under, if this server is of one
 * @param reloading of stores whose files change
 */
public record Lending(
        Supplier<CryptoBackend> crypto,
        Clock clock,
        Supplier<TlsEventListener> listener,
        TextbookTerms textbook,
        Supplier<OnRequest> onRequest,
        Supplier<StapleSource> staples,
        Optional<TicketKeys> ticketKeys,
        Reloading reloading) {

    /** For who is of no fleet, with stores that stay as they are. */
    public Lending(
            Supplier<CryptoBackend> crypto,
            Clock clock,
            Supplier<TlsEventListener> listener,
            TextbookTerms textbook,
            Supplier<OnRequest> onRequest,
            Supplier<StapleSource> staples) {
        this(crypto, clock, listener, textbook, onRequest, staples, Optional.empty(), Reloading.never());
    }

    public Lending {
        crypto = new Once<>(crypto);
        listener = new Once<>(listener);
        staples = new Once<>(staples);
    }

    /** Asks once and keeps the answer. */
    private static final class Once<T> implements Supplier<T> {

        private final Supplier<T> source;
        private T answer;

        Once(Supplier<T> source) {
            this.source = source;
        }

        @Override
        public synchronized T get() {
            if (answer == null) answer = source.get();
            return answer;
        }
    }
}
