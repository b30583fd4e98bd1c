package org.almosttls.agent.upgrade;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** What the application has got first of a client: its ClientHello as it came, or what was decrypted. */
final class GivenFirst {

    /** As far as the end of the random of a ClientHello (RFC 8446 §4.1.2), which nobody else has, and some more. */
    static final int ENOUGH = 64;

    private static final int RANDOM_END = 5 + 4 + 2 + 32;

    private final InetSocketAddress port;
    private final boolean raw;
    private volatile byte[] octets;
    private volatile long reader;
    private volatile boolean over;

    private GivenFirst(InetSocketAddress port, boolean raw, byte[] octets) {
        this.port = port;
        this.raw = raw;
        this.octets = octets;
        this.reader = Thread.currentThread().getId();
    }

    static GivenFirst asItCame(InetSocketAddress port, byte[] octets) {
        return new GivenFirst(port, true, octets);
    }

    /** There is nothing yet. */
    static GivenFirst decrypted(InetSocketAddress port) {
        return new GivenFirst(port, false, new byte[0]);
    }

    /** Where the application listens. */
    InetSocketAddress port() {
        return port;
    }

    boolean isRaw() {
        return raw;
    }

    boolean isThere() {
        return octets.length > 0;
    }

    /** Whether they are known by these octets: those of a ClientHello that was decrypted belong to other TLS, within ours. */
    boolean isTelling() {
        byte[] known = octets;
        boolean hello = FirstBytes.of(known, 0, known.length) == FirstBytes.HELLO;
        return raw ? known.length >= RANDOM_END : known.length >= FirstBytes.ENOUGH && !hello;
    }

    /** These have been read, up to where the buffer is now. */
    void take(ByteBuffer read, int from) {
        byte[] taken = new byte[Math.min(read.position() - from, ENOUGH)];
        for (int i = 0; i < taken.length; i++) taken[i] = read.get(from + i);
        reader = Thread.currentThread().getId();
        octets = taken;
    }

    boolean isOfThisThread() {
        return reader == Thread.currentThread().getId();
    }

    /** Whether what is there to be read of this buffer begins with the same, or is the beginning of it. */
    boolean isIn(ByteBuffer network) {
        byte[] known = octets;
        int count = Math.min(known.length, network.remaining());
        if (count < (raw ? RANDOM_END : FirstBytes.ENOUGH)) return false;
        for (int i = 0; i < count; i++) if (network.get(network.position() + i) != known[i]) return false;
        return true;
    }

    /** It does not matter any more. */
    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }
}
