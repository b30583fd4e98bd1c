package org.almosttls.record;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.ContentType;

/**
 * RFC 3749 §2.1: decompresses what another protection has opened, never more than a record may hold, however much there
 * is in it.
 */
final class InflatingProtection implements RecordProtection {

    private static final byte[] NOTHING = {};

    private final RecordProtection opening;
    private final Inflater inflater = new Inflater();
    private final ByteBuffer compressed = ByteBuffer.allocate(DeflatingProtection.MAX_COMPRESSED);
    /** One octet more than this is too many. */
    private final byte[] surplus = new byte[1];

    /** Owns {@code opening}, which takes fragments of {@link DeflatingProtection#MAX_COMPRESSED} octets. */
    InflatingProtection(RecordProtection opening) {
        this.opening = opening;
    }

    @Override
    public int sealedLength(int plaintextLength) {
        return opening.sealedLength(plaintextLength + DeflatingProtection.MAX_EXPANSION);
    }

    /** However short the fragment is: a few octets can stand for very many. */
    @Override
    public int openedBound(int fragmentLength) {
        return opening.openedBound(fragmentLength) == 0 ? 0 : RecordReader.MAX_PLAINTEXT;
    }

    @Override
    public void seal(ContentType type, ByteBuffer plaintext, ByteBuffer network) {
        throw new IllegalStateException("this direction is opened only");
    }

    @Override
    public ContentType open(ContentType type, int version, ByteBuffer fragment, ByteBuffer plaintext)
            throws TlsAlertException {
        var inner = opening.open(type, version, fragment, compressed.clear());
        inflater.setInput(compressed.flip());
        int start = plaintext.position();
        int limit = plaintext.limit();
        boolean whole = false;
        int most = Math.min(plaintext.remaining(), RecordReader.MAX_PLAINTEXT);
        try {
            inflate(plaintext.limit(plaintext.position() + most));
            whole = true;
            return inner;
        } catch (DataFormatException malformed) {
            throw Violation.DECOMPRESSION_FAILED.exception();
        } finally {
            plaintext.limit(limit);
            if (!whole) plaintext.position(start);
            inflater.setInput(NOTHING);
        }
    }

    /** RFC 5246 §6.2.2: what would come to more than 2^14 octets, or cannot be decompressed, is fatal. */
    private void inflate(ByteBuffer plaintext) throws DataFormatException, TlsAlertException {
        int octets = 1;
        while (octets > 0 && plaintext.hasRemaining()) octets = inflater.inflate(plaintext);
        // RFC 1950 §2.2: a stream that ends, or wants a dictionary, leaves what follows where it is.
        boolean rest = octets > 0 && inflater.inflate(surplus) > 0;
        Violation.DECOMPRESSION_FAILED.when(rest || compressed.hasRemaining());
    }

    @Override
    public void close() {
        opening.close();
        inflater.end();
        Arrays.fill(compressed.array(), (byte) 0);
        surplus[0] = 0;
    }
}
