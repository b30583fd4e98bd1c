package org.almosttls.agent.upgrade;

import java.lang.ref.WeakReference;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.almosttls.agent.weak.WeakTable;

/** Which selectors may be waiting for the network just now. Each says so at each select, for which nothing is made. */
final class WaitingSelectors {

    private static final Seat[] NONE = new Seat[0];

    private final WeakTable<Selector, Seat> seats = new WeakTable<>();
    private volatile Seat[] all = NONE;

    private static final class Seat extends WeakReference<Selector> {

        private volatile boolean waits;

        Seat(Selector selector) {
            super(selector);
        }
    }

    void waits(Selector selector, boolean now) {
        Seat known = seats.get(selector);
        if (known == null) known = newSeat(selector);
        known.waits = now;
    }

    private synchronized Seat newSeat(Selector selector) {
        Seat known = seats.get(selector);
        if (known != null) return known;
        Seat made = new Seat(selector);
        List<Seat> left = new ArrayList<>();
        for (Seat each : all) if (!each.refersTo(null)) left.add(each);
        left.add(made);
        seats.put(selector, made);
        all = left.toArray(NONE);
        return made;
    }

    /** Those that want to know whether the channel can be read, and have looked before. */
    void wake(SocketChannel channel) {
        Seat[] known = all;
        for (int i = 0; i < known.length; i++) {
            Selector selector = known[i].waits ? known[i].get() : null;
            if (selector != null && keyToRead(channel, selector) != null) selector.wakeup();
        }
    }

    /** The key by which the selector wants to know that; null if it does not. */
    static SelectionKey keyToRead(SocketChannel channel, Selector selector) {
        try {
            SelectionKey key = channel.keyFor(selector);
            boolean wanted = key != null && key.isValid() && (key.interestOps() & SelectionKey.OP_READ) != 0;
            return wanted ? key : null;
        } catch (RuntimeException cancelled) {
            return null;
        }
    }
}
