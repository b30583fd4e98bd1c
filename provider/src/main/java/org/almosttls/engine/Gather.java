package org.almosttls.engine;

import java.nio.ByteBuffer;
import org.almosttls.record.RecordProtection;

/**
 * Finds the plaintext of one record among the caller's buffers: where it lies if it lies in one of them, else in one
 * array that is kept for the next time.
 */
final class Gather {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final int packet;
    private int most = TlsConnection.MAX_PLAINTEXT;
    private ByteBuffer scratch = NOTHING;

    /** @param packet the most octets of a record with its header, as far as that can be kept to */
    Gather(int packet) {
        this.packet = packet;
    }

    /** From now on records are sealed by this. */
    void fit(RecordProtection protection) {
        int longest = protection.mostPlaintext();
        int shortest = 1;
        while (shortest < longest) {
            int middle = shortest + longest + 1 >>> 1;
            if (protection.sealedLength(middle) <= packet) shortest = middle;
            else longest = middle - 1;
        }
        most = shortest;
    }

    /** The most octets of plaintext in a record. */
    int most() {
        return most;
    }

    /** Octets of the next record: all that remains in the buffers, at most as many as a record takes. */
    int measure(ByteBuffer[] sources, int offset, int length) {
        int octets = 0;
        for (int i = offset; i < offset + length; i++) {
            octets += Math.min(sources[i].remaining(), most - octets);
        }
        return octets;
    }

    /**
     * A buffer whose next {@code octets} are the record's plaintext; the caller's buffers count as read.
     *
     * @param network where the record will be: plaintext that lies there is taken away first
     */
    ByteBuffer start(ByteBuffer[] sources, int offset, int length, int octets, ByteBuffer network) {
        for (int i = offset; i < offset + length; i++) {
            if (sources[i].remaining() >= octets && !overlap(sources[i], network)) return sources[i];
            if (sources[i].hasRemaining()) break;
        }
        if (scratch.capacity() < octets) scratch = ByteBuffer.allocate(most);
        scratch.clear().limit(octets);
        for (int i = offset; i < offset + length && scratch.hasRemaining(); i++) fill(sources[i]);
        return scratch.flip();
    }

    /** Of memory outside the heap nobody can tell. */
    private static boolean overlap(ByteBuffer source, ByteBuffer network) {
        if (!source.hasArray() || !network.hasArray() || source.array() != network.array()) return false;
        int start = source.arrayOffset() + source.position();
        int end = source.arrayOffset() + source.limit();
        return start < network.arrayOffset() + network.limit() && network.arrayOffset() + network.position() < end;
    }

    private void fill(ByteBuffer source) {
        int limit = source.limit();
        source.limit(source.position() + Math.min(source.remaining(), scratch.remaining()));
        scratch.put(source);
        source.limit(limit);
    }
}
