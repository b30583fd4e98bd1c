package org.almosttls.event;

/**
 * Is told what happens on connections. Called by the thread that works the connection, maybe holding its locks: it must
 * be quick and must not call back. A listener that throws is dropped, never the connection.
 */
public interface TlsEventListener {

    /** Whether events of this kind are worth making; asked once per connection and kind. */
    boolean wants(Kind kind);

    void on(Moment moment, TlsEvent event);

    /**
     * Whether the course of a connection that is only watched is to be told as it goes; may be asked at each step. Who does
     * not want that is told of its beginning and its end, of what goes wrong, and little else, and asks the {@link Account}
     * for what was kept.
     */
    default boolean wantsAtOnce() {
        return true;
    }

    /** What costs something to tell. */
    enum Kind {
        /** Life and death of the connection, messages, alerts, keys: a handful per connection. */
        HANDSHAKE,
        /** Every record. */
        RECORD,
        /** Secrets, which leave through this door only. */
        SECRET
    }

    /** Hears nothing. */
    static TlsEventListener none() {
        return new TlsEventListener() {
            @Override
            public boolean wants(Kind kind) {
                return false;
            }

            @Override
            public void on(Moment moment, TlsEvent event) {
                throw new IllegalStateException("not wanted");
            }
        };
    }
}
