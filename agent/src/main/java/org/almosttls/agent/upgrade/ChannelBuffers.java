package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSession;

/** What a channel has on its way between the application and the network. All but {@code early} are ready to be read from. */
final class ChannelBuffers {

    private static final int HEADER = 5;

    /** Decrypted, and not yet the application's. */
    ByteBuffer plain;

    /** Of the network, and not yet decrypted. */
    ByteBuffer received;

    /** Encrypted, and not yet the network's. */
    ByteBuffer sending;

    /** What the application writes while the handshake is under way; thereafter, what it has of an array. */
    final ByteBuffer early;

    /** For who writes from one buffer what may be several. */
    private final ByteBuffer[] alone = new ByteBuffer[1];

    private int[] positions = new int[1];

    ChannelBuffers(SSLSession session, byte[] seen, int early) {
        int packet = session.getPacketBufferSize();
        this.plain = ByteBuffer.allocate(session.getApplicationBufferSize()).limit(0);
        this.received = ByteBuffer.allocate(packet).put(seen).flip();
        this.sending = ByteBuffer.allocate(2 * packet).limit(0);
        this.early = ByteBuffer.allocate(early);
    }

    ByteBuffer[] alone(ByteBuffer source) {
        alone[0] = source;
        return alone;
    }

    static long remaining(ByteBuffer[] sources, int offset, int length) {
        long all = 0;
        for (int i = offset; i < offset + length; i++) all += sources[i].remaining();
        return all;
    }

    /** Takes one octet, if there is one. */
    static boolean skip(ByteBuffer[] sources, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (!sources[i].hasRemaining()) continue;
            sources[i].get();
            return true;
        }
        return false;
    }

    /** Notes where they are. */
    void mark(ByteBuffer[] sources, int offset, int length) {
        if (positions.length < length) positions = new int[length];
        for (int i = 0; i < length; i++) positions[i] = sources[offset + i].position();
    }

    /** By the last octet that was taken since; whether one was. */
    boolean stepBack(ByteBuffer[] sources, int offset, int length) {
        for (int i = length - 1; i >= 0; i--) {
            ByteBuffer source = sources[offset + i];
            if (source.position() == positions[i]) continue;
            source.position(source.position() - 1);
            return true;
        }
        return false;
    }

    void growPlain(SSLSession session) {
        plain = ByteBuffer.allocate(2 * Math.max(plain.capacity(), session.getApplicationBufferSize()))
                .limit(0);
    }

    /** Between {@code compact} and {@code flip}. */
    void growSending(SSLSession session) {
        sending.flip();
        sending = ByteBuffer.allocate(sending.capacity() + session.getPacketBufferSize())
                .put(sending);
    }

    /** What the network has, of which more than one record may be. */
    int fill(Network network) throws IOException {
        received.compact();
        try {
            if (!received.hasRemaining()) {
                received.flip();
                received = ByteBuffer.allocate(2 * received.capacity()).put(received);
            }
            return network.read(received);
        } finally {
            received.flip();
        }
    }

    /** RFC 8446 §5.1: whether all of a record is there. */
    boolean hasRecord() {
        if (received.remaining() < HEADER) return false;
        int at = received.position();
        int length = (received.get(at + 3) & 0xFF) << 8 | received.get(at + 4) & 0xFF;
        return received.remaining() >= HEADER + length;
    }

    /** As many as there are, and as there is room for. */
    static int move(ByteBuffer from, ByteBuffer to) {
        int count = Math.min(from.remaining(), to.remaining());
        int limit = from.limit();
        from.limit(from.position() + count);
        to.put(from);
        from.limit(limit);
        return count;
    }
}
