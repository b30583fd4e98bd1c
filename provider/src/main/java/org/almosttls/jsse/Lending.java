package org.almosttls.jsse;

import java.util.function.Supplier;
import org.almosttls.config.Clock;
import org.almosttls.config.OnRequest;
import org.almosttls.crypto.CryptoBackend;
import org.almosttls.event.TlsEventListener;

/**
 * What a provider lends to all of its contexts.
 *
 * @param crypto made at the first connection, not before
 * @param listener asked for at the first connection, not before
 * @param textbook on which terms AlmostTLSv1 is spoken
 * @param onRequest asked for at each connection
 */
public record Lending(
        Supplier<CryptoBackend> crypto,
        Clock clock,
        Supplier<TlsEventListener> listener,
        TextbookTerms textbook,
        Supplier<OnRequest> onRequest) {

    public Lending {
        crypto = new Once<>(crypto);
        listener = new Once<>(listener);
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
