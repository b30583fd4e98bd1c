package org.almosttls.event;

import java.util.function.BiConsumer;

/**
 * What was seen of a connection that is only watched, and nobody was told of: a listener that can do without hears of it when
 * it asks, which may be long after, in a thread that has time. What it is told then or later comes behind what is kept. See
 * {@link TlsEventListener#wantsAtOnce}.
 */
public interface Account {

    /** Nothing is kept back. */
    Account NONE = new Account() {
        @Override
        public void tell(BiConsumer<Moment, TlsEvent> to) {}

        @Override
        public int octets() {
            return 0;
        }
    };

    /** Tells what is kept in its order, and keeps it no longer. Any thread may ask. */
    void tell(BiConsumer<Moment, TlsEvent> to);

    /** How much memory it holds on to, more or less. Waits for nobody. */
    int octets();
}
