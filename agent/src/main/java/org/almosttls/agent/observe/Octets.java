package org.almosttls.agent.observe;

import java.nio.ByteBuffer;

/** Octets where they lie, in an array or a buffer; read by their place, so that no position moves and nothing is made. */
final class Octets {

    private Octets() {}

    static int at(Object source, int index) {
        return (source instanceof byte[] array ? array[index] : ((ByteBuffer) source).get(index)) & 0xFF;
    }

    static void copy(Object source, int index, int length, ByteBuffer into) {
        if (source instanceof byte[] array) into.put(array, index, length);
        else for (int i = index; i < index + length; i++) into.put(((ByteBuffer) source).get(i));
    }
}
