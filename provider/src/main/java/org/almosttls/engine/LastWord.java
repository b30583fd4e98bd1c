package org.almosttls.engine;

import java.util.function.Supplier;
import org.almosttls.alert.AlertProtocol;
import org.almosttls.event.TlsEvent.Closed;
import org.almosttls.event.TlsEvent.Ending;
import org.almosttls.event.TlsEvent.Traffic;

/**
 * What tells of a connection that was dropped without a word. Must not hold on to the connection: not to its halves
 * either, whose keys may lead to the application's managers, and these to the engine.
 */
record LastWord(Reporter reporter, Counter received, Counter sent, Supplier<AlertProtocol> alerts) implements Runnable {
    @Override
    public void run() {
        close(ending());
    }

    /** How it ends if nothing is wrong. Without closure, input that has ended may have been cut. */
    private Ending ending() {
        boolean hasClosure = alerts.get().hasClosure();
        if (!hasClosure && received.isEnded()) return Ending.TRANSPORT_ENDED;
        if (!sent.isEnded()) return Ending.ABANDONED;
        return hasClosure ? Ending.CLOSE_NOTIFY : Ending.TRANSPORT_CLOSED;
    }

    void close(Ending ending) {
        var traffic = new Traffic(sent.octets(), received.octets(), sent.records(), received.records());
        reporter.reportLast(new Closed(ending, traffic));
    }
}
