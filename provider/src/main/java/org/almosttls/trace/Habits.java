package org.almosttls.trace;

import java.nio.ByteBuffer;
import org.almosttls.registry.ExtensionType;

/**
 * What of a ClientHello stays the same while its sender does. Of what is new in each, or about one peer, it is only that it
 * is there.
 */
final class Habits {

    private static final int HEADER_LENGTH = 4;
    private static final int RANDOM_LENGTH = 32;

    private Habits() {}

    /** @param message RFC 5246 §7.4.1.2: that can be decoded, with its header */
    static byte[] of(byte[] message) {
        var in = ByteBuffer.wrap(message).position(HEADER_LENGTH);
        var out = ByteBuffer.allocate(message.length);
        take(in, out, 2);
        skip(in, RANDOM_LENGTH);
        skip(in, in.get() & 0xFF);
        take(in, out, 2 + (in.getShort(in.position()) & 0xFFFF));
        take(in, out, 1 + (in.get(in.position()) & 0xFF));
        if (in.hasRemaining()) skip(in, 2);
        while (in.hasRemaining()) extension(in, out);
        byte[] habits = new byte[out.position()];
        out.flip().get(habits);
        return habits;
    }

    private static void extension(ByteBuffer in, ByteBuffer out) {
        int type = in.getShort(in.position()) & 0xFFFF;
        int length = in.getShort(in.position() + 2) & 0xFFFF;
        if (isHabit(type)) {
            take(in, out, 4 + length);
        } else {
            take(in, out, 2);
            skip(in, 2 + length);
        }
    }

    /** Those by whose contents fingerprints are made. */
    private static boolean isHabit(int type) {
        return type == ExtensionType.SUPPORTED_GROUPS.code()
                || type == ExtensionType.EC_POINT_FORMATS.code()
                || type == ExtensionType.SIGNATURE_ALGORITHMS.code()
                || type == ExtensionType.ALPN.code()
                || type == ExtensionType.SUPPORTED_VERSIONS.code();
    }

    private static void take(ByteBuffer in, ByteBuffer out, int length) {
        out.put(out.position(), in, in.position(), length).position(out.position() + length);
        skip(in, length);
    }

    private static void skip(ByteBuffer in, int length) {
        in.position(in.position() + length);
    }
}
