package org.almosttls.record;

import java.nio.ByteBuffer;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.registry.ContentType;

/**
 * RFC 5246 §6.2.3: seals or opens the records of one direction under one set of keys, and counts them. For one thread
 * at a time; allocates nothing of its own per record. Source and destination never share an array.
 */
public interface RecordProtection extends AutoCloseable {

    /** Octets of the record that {@link #seal} makes of a plaintext of this length, header included. */
    int sealedLength(int plaintextLength);

    /** The most octets of plaintext that a fragment of this length can hold; from 0 to 2^14. */
    int openedBound(int fragmentLength);

    /** The least octets of plaintext that a fragment of this length counts for, as far as its length tells. */
    default int openedLeast(int fragmentLength) {
        return 0;
    }

    /** The most octets of plaintext in one record. */
    default int mostPlaintext() {
        return RecordReader.MAX_PLAINTEXT;
    }

    /** Octets of the plaintext and of the padding that is encrypted with it. */
    default int paddedLength(int plaintextLength) {
        return plaintextLength;
    }

    /** Whether a record whose header has this type is protected at all, and counted. */
    default boolean protects(ContentType type) {
        return true;
    }

    /** RFC 8446 §5.4: from now on no record is padded so that it would be as long as one of more plaintext than this. */
    default void limitPadding(int plaintext) {}

    /**
     * Seals all that remains in {@code plaintext} (at most 2^14 octets) as one record, header included.
     *
     * @throws TlsAlertException SEQUENCE_EXHAUSTED when the sequence number would wrap
     */
    void seal(ContentType type, ByteBuffer plaintext, ByteBuffer network) throws TlsAlertException;

    /**
     * Opens one fragment: all that remains in {@code fragment}, which is consumed. Nothing is written to
     * {@code plaintext} unless the record authenticates; it has at least {@link #openedBound} octets of room.
     *
     * @param type the content type in the record's header
     * @param version the version in the record's header
     * @return the type of the content, which the header may have hidden
     * @throws TlsAlertException BAD_RECORD whatever was wrong with it, RECORD_TOO_LONG for more than 2^14 octets
     */
    ContentType open(ContentType type, int version, ByteBuffer fragment, ByteBuffer plaintext) throws TlsAlertException;

    /**
     * Whether the fragment, which is then consumed, is early data that is not wanted (RFC 8446 §4.2.10); asked before it
     * is opened, and only while no data is to be expected.
     *
     * @throws TlsAlertException TOO_MUCH_EARLY_DATA if it has been so too often
     */
    default boolean passesOver(ContentType type, int version, ByteBuffer fragment) throws TlsAlertException {
        return false;
    }

    /** Erases the keys. */
    @Override
    void close();
}
