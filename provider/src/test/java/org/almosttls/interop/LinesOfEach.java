package org.almosttls.interop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.almosttls.event.ConnectionId;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEventListener;

/** The session logs of our end of several connections. */
final class LinesOfEach implements TlsEventListener {

    private final SessionLines likeAll = new SessionLines();
    private final Map<ConnectionId, SessionLines> all = new LinkedHashMap<>();

    @Override
    public boolean wants(Kind kind) {
        return likeAll.wants(kind);
    }

    @Override
    public void on(Moment moment, TlsEvent event) {
        of(moment.connection()).on(moment, event);
    }

    private synchronized SessionLines of(ConnectionId connection) {
        return all.computeIfAbsent(connection, any -> new SessionLines());
    }

    /** Of the connection that began last. */
    synchronized SessionLines last() {
        return List.copyOf(all.values()).get(all.size() - 1);
    }
}
