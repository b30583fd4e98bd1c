package org.almosttls.trace;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.RecordTransferred;
import org.almosttls.event.TlsEvent.SecretDerived;
import org.almosttls.event.TlsEventListener;

/** Tells several listeners, each only what it wants; one that throws hears nothing more, and the others do. */
public final class FanOut implements TlsEventListener {

    private final List<TlsEventListener> listeners;

    private FanOut(List<TlsEventListener> listeners) {
        this.listeners = new CopyOnWriteArrayList<>(listeners);
    }

    public static TlsEventListener of(List<TlsEventListener> listeners) {
        return new FanOut(listeners);
    }

    @Override
    public boolean wants(Kind kind) {
        for (TlsEventListener listener : listeners) if (wants(listener, kind)) return true;
        return false;
    }

    /** As soon as one of those that hear of connections at all does. */
    @Override
    public boolean wantsAtOnce() {
        for (TlsEventListener listener : listeners)
            if (wants(listener, Kind.HANDSHAKE) && wantsAtOnce(listener)) return true;
        return false;
    }

    private boolean wantsAtOnce(TlsEventListener listener) {
        try {
            return listener.wantsAtOnce();
        } catch (RuntimeException | LinkageError broken) {
            listeners.remove(listener);
            return false;
        }
    }

    @Override
    public void on(Moment moment, TlsEvent event) {
        var kind = kindOf(event);
        for (TlsEventListener listener : listeners) {
            if (wants(listener, kind)) tell(listener, moment, event);
        }
    }

    private static Kind kindOf(TlsEvent event) {
        if (event instanceof SecretDerived) return Kind.SECRET;
        return event instanceof RecordTransferred ? Kind.RECORD : Kind.HANDSHAKE;
    }

    private boolean wants(TlsEventListener listener, Kind kind) {
        try {
            return listener.wants(kind);
        } catch (RuntimeException | LinkageError broken) {
            listeners.remove(listener);
            return false;
        }
    }

    private void tell(TlsEventListener listener, Moment moment, TlsEvent event) {
        try {
            listener.on(moment, event);
        } catch (RuntimeException | LinkageError broken) {
            listeners.remove(listener);
        }
    }
}
