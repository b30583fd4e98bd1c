package org.almosttls.agent.observe;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.almosttls.registry.ContentType;

/** Where the buffers on the side of the network stood when a call on an engine began. */
final class Positions {

    private static final int DATAGRAMS = 0xFE;

    private int first;
    private int offset;
    private int[] at = {};

    /** @param network one buffer, or an array of which {@code length} are meant from {@code from} on */
    void note(Object network, int from, int length) {
        if (network instanceof ByteBuffer buffer) first = buffer.position();
        else if (network instanceof ByteBuffer[] several) note(several, from, length);
    }

    private void note(ByteBuffer[] several, int from, int length) {
        offset = from;
        int count = Math.min(length, several.length - from);
        if (at.length < count) at = Arrays.copyOf(at, count);
        for (int i = 0; i < count; i++) at[i] = several[from + i].position();
    }

    /** Hands on as many octets as have passed the buffers since. */
    void passed(Object network, WatchedDirection to, int octets) {
        if (network instanceof ByteBuffer buffer) to.take(buffer, first, first + octets);
        else if (network instanceof ByteBuffer[] several) passed(several, to, octets);
    }

    private void passed(ByteBuffer[] several, WatchedDirection to, int octets) {
        int left = octets;
        for (int i = 0; left > 0 && offset + i < several.length && i < at.length; i++) {
            int some = Math.min(left, several[offset + i].position() - at[i]);
            to.take(several[offset + i], at[i], at[i] + some);
            left -= some;
        }
    }

    /** Whether a record with handshake messages is there since the call began. */
    boolean areMessages(Object network) {
        return network instanceof ByteBuffer buffer && Octets.at(buffer, first) == ContentType.HANDSHAKE.code();
    }

    /** Whether a record is there that has a version of DTLS, RFC 6347 §4.1, since the call began. */
    boolean areDatagrams(Object network) {
        return network instanceof ByteBuffer buffer
                && buffer.limit() > first + 1
                && Octets.at(buffer, first + 1) == DATAGRAMS;
    }

    /** Hands on what was there when the call began, of which nobody knows how much it has taken before it threw. */
    void refused(Object network, WatchedDirection to) {
        if (network instanceof ByteBuffer buffer) to.take(buffer, first, buffer.limit());
    }

    /** Whether what was there when the call began, and is there still, is the beginning of something that is no TLS. */
    boolean refuses(Object network, WatchedDirection from) {
        return network instanceof ByteBuffer buffer && from.isForeign(buffer, first, buffer.limit());
    }
}
