package org.almosttls.record;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ContentType;

/**
 * RFC 3749 §2.1: compresses what another protection then seals. One stream for all records of a direction, flushed at the
 * end of each, so that the peer can decompress every record when it comes.
 */
final class DeflatingProtection implements RecordProtection {

    /** RFC 5246 §6.2.2: compression may add no more than this to a record. */
    static final int MAX_EXPANSION = 1024;

    /** The most octets of a compressed fragment. */
    static final int MAX_COMPRESSED = RecordReader.MAX_PLAINTEXT + MAX_EXPANSION;

    private static final byte[] NOTHING = {};

    private final RecordProtection sealing;
    private final Deflater deflater = new Deflater();
    private final ByteBuffer compressed = ByteBuffer.allocate(MAX_COMPRESSED);

    /** Owns {@code sealing}. */
    DeflatingProtection(RecordProtection sealing) {
        this.sealing = sealing;
    }

    /** The most it can be; what is compressed is rarely as long. */
    @Override
    public int sealedLength(int plaintextLength) {
        return sealing.sealedLength(plaintextLength + mostExpansion(plaintextLength));
    }

    /** What zlib bounds it by however it is built, and the flush; were it 1024, short packets would hold one octet. */
    private static int mostExpansion(int length) {
        return Math.min(MAX_EXPANSION, length / 8 + length / 64 + 64);
    }

    @Override
    public int openedBound(int fragmentLength) {
        return sealing.openedBound(fragmentLength);
    }

    @Override
    public void seal(ContentType type, ByteBuffer plaintext, ByteBuffer network) throws TlsAlertException {
        compressed.clear();
        deflater.setInput(plaintext);
        int octets = deflater.deflate(compressed, Deflater.SYNC_FLUSH);
        // Not to hold on to the caller's buffer.
        deflater.setInput(NOTHING);
        if (plaintext.hasRemaining() || octets == MAX_COMPRESSED) throw new IllegalStateException("DEFLATE expands");
        sealing.seal(type, compressed.flip(), network);
    }

    @Override
    public ContentType open(ContentType type, int version, ByteBuffer fragment, ByteBuffer plaintext) {
        throw new IllegalStateException("this direction is sealed only");
    }

    @Override
    public void close() {
        sealing.close();
        deflater.end();
        Arrays.fill(compressed.array(), (byte) 0);
    }
}
