package org.almosttls.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEventListener;

/** Keeps every event, records and secrets too. */
public final class RecordingListener implements TlsEventListener {

    private final List<TlsEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public boolean wants(Kind kind) {
        return true;
    }

    @Override
    public void on(Moment moment, TlsEvent event) {
        events.add(event instanceof TlsEvent.SecretDerived told ? kept(told) : event);
    }

    /** What is told is its owner's, and will be erased. */
    private static TlsEvent kept(TlsEvent.SecretDerived told) {
        var copy = told.secret().slice(0, told.secret().length());
        return new TlsEvent.SecretDerived(told.label(), told.clientRandom(), copy);
    }

    public List<TlsEvent> events() {
        return List.copyOf(events);
    }

    public <E extends TlsEvent> Stream<E> all(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast);
    }
}
