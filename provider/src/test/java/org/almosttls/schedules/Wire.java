package org.almosttls.schedules;

import java.util.Arrays;

/** The octets from one end to the other: those that wait to be delivered, and those that wait to be read. */
final class Wire {

    private byte[] octets = new byte[4096];
    private int sent;
    private int delivered;
    private int read;
    private int corruptAt = -1;
    private int cutAt = Integer.MAX_VALUE;

    /** The octet that will be another one. */
    void corruptAt(int octet) {
        corruptAt = octet;
    }

    /** The first octet that will not arrive, nor any behind it. */
    void cutAt(int octet) {
        cutAt = octet;
    }

    synchronized void send(byte[] more) {
        if (sent + more.length > octets.length) octets = Arrays.copyOf(octets, 2 * (sent + more.length));
        System.arraycopy(more, 0, octets, sent, more.length);
        if (corruptAt >= sent && corruptAt < sent + more.length) octets[corruptAt] ^= 0x20;
        sent += more.length;
    }

    synchronized int underWay() {
        return Math.max(0, Math.min(sent, cutAt) - delivered);
    }

    synchronized void deliver(int most) {
        delivered += Math.min(most, underWay());
    }

    synchronized int arrived() {
        return delivered - read;
    }

    /** The first so many of those that have arrived. */
    synchronized byte[] peek(int most) {
        return Arrays.copyOfRange(octets, read, read + Math.min(most, arrived()));
    }

    synchronized void take(int count) {
        read += count;
    }

    /** So many more are brought; then all that have arrived. */
    synchronized byte[] bring(int more) {
        deliver(more);
        return peek(Integer.MAX_VALUE);
    }
}
