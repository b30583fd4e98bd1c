package org.almosttls.engine;

import java.nio.ByteBuffer;

/** The caller's buffers for application data, as one destination. */
final class Scatter {

    private Scatter() {}

    static int room(ByteBuffer[] destinations, int offset, int length) {
        int room = 0;
        for (int i = offset; i < offset + length; i++) {
            room = Math.min(TlsConnection.MAX_PLAINTEXT, room + destinations[i].remaining());
        }
        return room;
    }

    /** The index of the first buffer with any room, or of the last buffer; of none, if there are none. */
    static int firstWithRoom(ByteBuffer[] destinations, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (destinations[i].hasRemaining()) return i;
        }
        return offset + length - 1;
    }

    /** Copies all of {@code content}; there is room for it. */
    static void put(ByteBuffer content, ByteBuffer[] destinations, int offset, int length) {
        int end = content.limit();
        for (int i = offset; i < offset + length && content.hasRemaining(); i++) {
            int part = Math.min(content.remaining(), destinations[i].remaining());
            content.limit(content.position() + part);
            destinations[i].put(content);
            content.limit(end);
        }
    }

    /** What was opened for the caller but turned out not to be the caller's. */
    static ByteBuffer takeBack(ByteBuffer destination, int start) {
        var content = new byte[destination.position() - start];
        destination.position(start);
        destination.duplicate().get(content);
        return ByteBuffer.wrap(content);
    }
}
