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
        events.add(event);
    }

    public List<TlsEvent> events() {
        return List.copyOf(events);
    }

    public <E extends TlsEvent> Stream<E> all(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast);
    }
}
