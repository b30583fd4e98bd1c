package org.almosttls.agent.report;

import java.util.Optional;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEventListener;
import org.almosttls.trace.KeyLogListener;

/** The key log there is at the moment, if there is one. */
final class KeyLogSwitch implements TlsEventListener {

    private volatile Optional<KeyLogListener> current = Optional.empty();

    /** From now on this one; the one before is closed. */
    void to(Optional<KeyLogListener> next) {
        Optional<KeyLogListener> former = current;
        current = next;
        former.ifPresent(KeyLogListener::close);
    }

    @Override
    public boolean wants(Kind kind) {
        Optional<KeyLogListener> now = current;
        return now.isPresent() && now.get().wants(kind);
    }

    @Override
    public void on(Moment moment, TlsEvent event) {
        current.ifPresent(keyLog -> keyLog.on(moment, event));
    }
}
