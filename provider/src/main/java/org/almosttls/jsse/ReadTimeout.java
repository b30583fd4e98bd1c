package org.almosttls.jsse;

import java.net.Socket;
import java.net.SocketException;
import java.util.OptionalInt;

/** The time-out of a transport as its application knows it, while a thread may wait in slices of another length. */
final class ReadTimeout {

    private final Socket transport;
    /** The application's, while the transport's is that of a slice. */
    private OptionalInt wished = OptionalInt.empty();

    ReadTimeout(Socket transport) {
        this.transport = transport;
    }

    Socket transport() {
        return transport;
    }

    /** In milliseconds; 0 for ever. */
    synchronized int millis() throws SocketException {
        return wished.isPresent() ? wished.getAsInt() : transport.getSoTimeout();
    }

    /** As on every socket, for reads that begin from now on. */
    synchronized void set(int millis) throws SocketException {
        if (wished.isEmpty()) {
            transport.setSoTimeout(millis);
            return;
        }
        if (millis < 0) throw new IllegalArgumentException("timeout can't be negative");
        wished = OptionalInt.of(millis);
    }

    /** Until {@link #endSlices}, which restores it. */
    synchronized int beginSlices() throws SocketException {
        int millis = transport.getSoTimeout();
        wished = OptionalInt.of(millis);
        return millis;
    }

    /** The next read of the transport waits for so long. */
    synchronized void slice(int millis) throws SocketException {
        transport.setSoTimeout(millis);
    }

    synchronized void endSlices() {
        int restored = wished.orElse(0);
        wished = OptionalInt.empty();
        try {
            transport.setSoTimeout(restored);
        } catch (SocketException closed) {
            // Then nobody reads it any more, and why is told already.
        }
    }
}
