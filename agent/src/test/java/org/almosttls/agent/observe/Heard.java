package org.almosttls.agent.observe;

import java.util.ArrayList;
import java.util.List;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEventListener;

/** What is told of handshakes, at once. */
record Heard(List<TlsEvent> told) implements TlsEventListener {

    Heard() {
        this(new ArrayList<>());
    }

    @Override
    public boolean wants(Kind kind) {
        return kind == Kind.HANDSHAKE;
    }

    @Override
    public void on(Moment moment, TlsEvent event) {
        told.add(event);
    }
}
