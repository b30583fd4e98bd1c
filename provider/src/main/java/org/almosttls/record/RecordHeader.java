package org.almosttls.record;

import java.nio.ByteBuffer;
import org.almosttls.registry.ContentType;

/** RFC 5246 §6.2.1: type, version and length in front of every fragment. */
final class RecordHeader {

    private RecordHeader() {}

    static void write(ContentType type, int version, int fragmentLength, ByteBuffer network) {
        // Octet by octet, since the caller's buffer may be in little-endian order.
        network.put((byte) type.code());
        network.put((byte) (version >> 8)).put((byte) version);
        network.put((byte) (fragmentLength >> 8)).put((byte) fragmentLength);
    }

    /** Writes {@code sequence, type, version, length} (RFC 5246 §6.2.3.1), which every protection authenticates. */
    static void authenticated(byte[] out, long sequence, ContentType type, int version, int length) {
        for (int i = 0; i < 8; i++) out[i] = (byte) (sequence >>> 56 - 8 * i);
        out[8] = (byte) type.code();
        out[9] = (byte) (version >> 8);
        out[10] = (byte) version;
        out[11] = (byte) (length >> 8);
        out[12] = (byte) length;
    }

    /** The 16 bits at {@code index}, in network order whatever the buffer's own is. */
    static int uint16(ByteBuffer network, int index) {
        return (network.get(index) & 0xFF) << 8 | network.get(index + 1) & 0xFF;
    }
}
