package org.almosttls.agent.observe;

import java.lang.ref.WeakReference;

/** Over what the octets of a connection go, as far as that is found. */
final class Route {

    private volatile boolean sought;
    private volatile boolean peerUnknown;
    private volatile boolean closed;
    private WeakReference<Object> transport;

    /** Nobody knows the channel yet, but what passes it may show it. */
    void seek(boolean now) {
        sought = now;
    }

    boolean isSought() {
        return sought;
    }

    /** The connection does not know its peer by itself. */
    void peerUnknown() {
        peerUnknown = true;
    }

    boolean isPeerUnknown() {
        return peerUnknown;
    }

    /** The application has closed the channel. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether that is what its octets go over: the first thing that they went over is. */
    boolean isOver(Object that) {
        if (transport == null) transport = new WeakReference<>(that);
        return transport.get() == that;
    }
}
