package org.almosttls.trace;

import java.util.function.Supplier;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.RecordTransferred;
import org.almosttls.event.TlsEventListener.Kind;

/** The lines of a session log that are not about a whole session, as far as {@code detail} asks for them. */
final class DetailLog {

    private final Tally tally = new Tally();
    private volatile Detail detail;

    DetailLog(Detail detail) {
        this.detail = detail;
    }

    /** From now on; of connections that are open the records too, if they were told before. */
    void change(Detail to) {
        detail = to;
    }

    boolean wants(Kind kind) {
        return kind == Kind.RECORD && detail == Detail.RECORD;
    }

    /** Whether messages have lines of their own, which are made as they pass. */
    boolean wantsMessages() {
        return detail != Detail.SESSION;
    }

    /** @param output where lines go now */
    void take(Details of, Moment moment, TlsEvent event, Supplier<SessionLog.Output> output) {
        boolean isRecord = event instanceof RecordTransferred;
        if (!isRecord) of.follow(event);
        if (detail == Detail.SESSION || isRecord && detail != Detail.RECORD) return;
        of.of(moment, event).ifPresent(line -> {
            if (of.allows(event)) write(line, output);
            else tally.lostOne();
        });
    }

    private void write(Details.Pending line, Supplier<SessionLog.Output> output) {
        var to = output.get();
        while (!write(line, to) && to != output.get()) to = output.get();
    }

    private boolean write(Details.Pending line, SessionLog.Output to) {
        return to.writer()
                .writeAside(missing -> to.format().render(line.making().line(), missing), line.octets(), tally);
    }
}
