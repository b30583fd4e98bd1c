package org.almosttls.engine;

import java.util.function.Supplier;
import org.almosttls.alert.AlertProtocol;
import org.almosttls.event.TlsEvent.Closed;
import org.almosttls.event.TlsEvent.Ending;
import org.almosttls.event.TlsEvent.Traffic;

/** What tells of a connection that was dropped without a word; must not hold on to the connection. */
record LastWord(Reporter reporter, Inbound inbound, Outbound outbound, Supplier<AlertProtocol> alerts)
        implements Runnable {
    @Override
    public void run() {
        close(ending());
    }

    /** How it ends if nothing is wrong. Without closure, input that has ended may have been cut. */
    private Ending ending() {
        boolean hasClosure = alerts.get().hasClosure();
        if (!hasClosure && inbound.isClosed()) return Ending.TRANSPORT_ENDED;
        if (!outbound.isClosing()) return Ending.ABANDONED;
        return hasClosure ? Ending.CLOSE_NOTIFY : Ending.TRANSPORT_CLOSED;
    }

    void close(Ending ending) {
        var sent = outbound.counter();
        var received = inbound.counter();
        var traffic = new Traffic(sent.octets(), received.octets(), sent.records(), received.records());
        reporter.reportLast(new Closed(ending, traffic));
    }
}
