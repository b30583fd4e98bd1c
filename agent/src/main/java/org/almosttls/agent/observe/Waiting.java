package org.almosttls.agent.observe;

import java.io.ByteArrayOutputStream;

/**
 * The first octets from a peer, for as long as nobody knows whether the socket that has read them does TLS itself or
 * hands them to an engine. Not longer than a peer's first words may be.
 */
final class Waiting {

    private static final int MOST = 1 << 15;

    private volatile ByteArrayOutputStream held = new ByteArrayOutputStream(0);

    /** Whether they are held; none are after a {@link #release}. */
    boolean holds(byte[] octets, int offset, int length) {
        return held != null && takes(octets, offset, length);
    }

    private synchronized boolean takes(byte[] octets, int offset, int length) {
        if (held == null || length > MOST - held.size()) return false;
        held.write(octets, offset, length);
        return true;
    }

    boolean isAny() {
        ByteArrayOutputStream some = held;
        return some != null && some.size() > 0;
    }

    /** They are the socket's own. */
    void release(WatchedDirection to) {
        if (held != null) empty(to);
    }

    private synchronized void empty(WatchedDirection to) {
        if (held == null) return;
        byte[] octets = held.toByteArray();
        to.take(octets, 0, octets.length);
        // Not before: whatever comes by another thread follows these.
        held = null;
    }
}
