package org.almosttls.record;

import java.nio.ByteBuffer;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.ContentType;

/** RFC 5246 §6.1, the initial state of every connection: records as they are, neither encrypted nor authenticated. */
public final class PlainProtection implements RecordProtection {

    private final int version;

    /** Writes records of this version, such as 0x0303. */
    public PlainProtection(int version) {
        this.version = version;
    }

    @Override
    public int sealedLength(int plaintextLength) {
        return RecordReader.HEADER_LENGTH + plaintextLength;
    }

    @Override
    public int openedBound(int fragmentLength) {
        return Math.min(fragmentLength, RecordReader.MAX_PLAINTEXT);
    }

    @Override
    public int openedLeast(int fragmentLength) {
        return fragmentLength;
    }

    @Override
    public boolean protects(ContentType type) {
        return false;
    }

    @Override
    public void seal(ContentType type, ByteBuffer plaintext, ByteBuffer network) {
        RecordHeader.write(type, version, plaintext.remaining(), network);
        network.put(plaintext);
    }

    @Override
    public ContentType open(ContentType type, int recordVersion, ByteBuffer fragment, ByteBuffer plaintext)
            throws TlsAlertException {
        // RFC 5246 §6.2.1: a plaintext fragment must not exceed 2^14 octets.
        Violation.RECORD_TOO_LONG.when(fragment.remaining() > RecordReader.MAX_PLAINTEXT);
        plaintext.put(fragment);
        return type;
    }

    @Override
    public void close() {
        // There is no key to erase.
    }
}
