package org.almosttls.engine;

import java.nio.ByteBuffer;

/**
 * Finds the plaintext of one record among the caller's buffers: where it lies if it lies in one of them, else in one
 * array that is kept for the next time.
 */
final class Gather {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private ByteBuffer scratch = NOTHING;

    /** Octets of the next record: all that remains in the buffers, at most 2^14. */
    int measure(ByteBuffer[] sources, int offset, int length) {
        int octets = 0;
        for (int i = offset; i < offset + length; i++) {
            octets += Math.min(sources[i].remaining(), TlsConnection.MAX_PLAINTEXT - octets);
        }
        return octets;
    }

    /** A buffer whose next {@code octets} are the record's plaintext; the caller's buffers count as read. */
    ByteBuffer start(ByteBuffer[] sources, int offset, int length, int octets) {
        for (int i = offset; i < offset + length; i++) {
            if (sources[i].remaining() >= octets) return sources[i];
            if (sources[i].hasRemaining()) break;
        }
        if (scratch.capacity() < octets) scratch = ByteBuffer.allocate(TlsConnection.MAX_PLAINTEXT);
        scratch.clear().limit(octets);
        for (int i = offset; i < offset + length && scratch.hasRemaining(); i++) fill(sources[i]);
        return scratch.flip();
    }

    private void fill(ByteBuffer source) {
        int limit = source.limit();
        source.limit(source.position() + Math.min(source.remaining(), scratch.remaining()));
        scratch.put(source);
        source.limit(limit);
    }
}
