package org.almosttls.agent.observe;

import java.io.ByteArrayOutputStream;

/**
 * The first octets from a peer, for as long as nobody knows whether the socket that has read them does TLS itself or
 * hands them to an engine. Not longer than a peer's first words may be.
 */
final class Waiting {

    private static final int MOST = 1 << 15;

    private ByteArrayOutputStream held = new ByteArrayOutputStream(0);

    /** Whether they are held; none are after a {@link #release}. */
    synchronized boolean holds(byte[] octets, int offset, int length) {
        if (held == null || length > MOST - held.size()) return false;
        held.write(octets, offset, length);
        return true;
    }

    synchronized boolean isAny() {
        return held != null && held.size() > 0;
    }

    /** They are the socket's own. */
    synchronized void release(WatchedDirection to) {
        if (held == null) return;
        byte[] octets = held.toByteArray();
        held = null;
        to.take(octets, 0, octets.length);
    }
}
