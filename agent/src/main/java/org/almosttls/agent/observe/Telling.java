package org.almosttls.agent.observe;

import org.almosttls.config.Clock;
import org.almosttls.event.ConnectionId;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEventListener;

/** Tells of one connection; it is forgotten when this is. */
record Telling(ConnectionId connection, Clock clock, TlsEventListener to) {

    void tell(TlsEvent event) {
        to.on(new Moment(connection, clock.now(), clock.nanoTime()), event);
    }
}
