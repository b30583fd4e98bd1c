package org.almosttls.agent.observe;

import java.nio.ByteBuffer;

/** Octets where they lie, in an array or a buffer; read by their place, so that no position moves and nothing is made. */
final class Octets {

    private Octets() {}

    static int at(Object source, int index) {
        return (source instanceof byte[] array ? array[index] : ((ByteBuffer) source).get(index)) & 0xFF;
    }

    /** Five of them, as many as the header of a record has, the first one highest. */
    static long uint40(Object source, int index) {
        if (source instanceof byte[] array) {
            return uint40(array[index], array[index + 1], array[index + 2], array[index + 3], array[index + 4]);
        }
        ByteBuffer buffer = (ByteBuffer) source;
        return uint40(
                buffer.get(index),
                buffer.get(index + 1),
                buffer.get(index + 2),
                buffer.get(index + 3),
                buffer.get(index + 4));
    }

    private static long uint40(byte first, byte second, byte third, byte fourth, byte fifth) {
        int rest = (second & 0xFF) << 24 | (third & 0xFF) << 16 | (fourth & 0xFF) << 8 | fifth & 0xFF;
        return (first & 0xFFL) << 32 | rest & 0xFFFF_FFFFL;
    }

    /** Three of them, the first one highest. */
    static int uint24(byte[] octets, int index) {
        return (octets[index] & 0xFF) << 16 | (octets[index + 1] & 0xFF) << 8 | octets[index + 2] & 0xFF;
    }

    static void copy(Object source, int index, int length, ByteBuffer into) {
        if (source instanceof byte[] array) {
            into.put(array, index, length);
            return;
        }
        into.put(into.position(), (ByteBuffer) source, index, length);
        into.position(into.position() + length);
    }
}
