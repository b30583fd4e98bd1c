package org.almosttls.record;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.Aead;
import org.almosttls.crypto.Secret;
import org.almosttls.registry.ContentType;

/**
 * RFC 8446 §5.2: content, the octet of its type, and padding of zeroes, encrypted together; every record looks like one
 * of application data. The nonce is the IV with the record's sequence number on it (§5.3); nothing of it is sent.
 */
final class Aead13Protection implements RecordProtection {

    /** RFC 8446 §5.2: legacy_record_version. */
    private static final int VERSION = 0x0303;

    private static final int NUMBER = 8;
    private static final int TAG = 16;
    private static final int TYPE = InnerEnd.TYPE;

    private final Aead aead;
    private final byte[] iv;
    private final byte[] nonce;
    /** RFC 8446 §5.2: the record's header. */
    private final ByteBuffer header = ByteBuffer.allocate(RecordReader.HEADER_LENGTH);

    private final InnerEnd innerEnd;
    /** What was opened where the caller has no room for the type and the padding. */
    private ByteBuffer opened = ByteBuffer.allocate(0);

    private final SequenceNumber sequence;

    /**
     * Owns {@code aead}; copies {@code iv}, 12 octets.
     *
     * @param padding of what is sealed
     */
    Aead13Protection(Aead aead, Secret iv, SequenceNumber sequence, RecordPadding padding) {
        this.aead = aead;
        this.iv = iv.bytes().clone();
        this.nonce = new byte[this.iv.length];
        this.sequence = sequence;
        this.innerEnd = new InnerEnd(padding);
    }

    @Override
    public int sealedLength(int plaintextLength) {
        return RecordReader.HEADER_LENGTH + plaintextLength + innerEnd.length(plaintextLength) + TAG;
    }

    @Override
    public int paddedLength(int plaintextLength) {
        return plaintextLength + innerEnd.length(plaintextLength) - TYPE;
    }

    @Override
    public int openedBound(int fragmentLength) {
        return Math.min(Math.max(0, fragmentLength - TYPE - TAG), RecordReader.MAX_PLAINTEXT);
    }

    @Override
    public void limitPadding(int plaintext) {
        innerEnd.limit(plaintext);
    }

    /** RFC 8449 §4: a limit is on all that is encrypted, so padding counts as content does. */
    @Override
    public int openedLeast(int fragmentLength) {
        return Math.max(0, fragmentLength - TYPE - TAG);
    }

    @Override
    public void seal(ContentType type, ByteBuffer plaintext, ByteBuffer network) throws TlsAlertException {
        int behind = innerEnd.length(plaintext.remaining());
        start(plaintext.remaining() + behind + TAG);
        network.put(header.array(), 0, RecordReader.HEADER_LENGTH);
        try {
            aead.start(nonce, header.array(), RecordReader.HEADER_LENGTH);
            aead.update(plaintext, network);
            innerEnd.seal(type, behind, aead, network);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Header and nonce of the record at hand. */
    private void start(int fragmentLength) throws TlsAlertException {
        RecordHeader.write(ContentType.APPLICATION_DATA, VERSION, fragmentLength, header.clear());
        long number = sequence.take();
        System.arraycopy(iv, 0, nonce, 0, nonce.length);
        for (int i = 0; i < NUMBER; i++) nonce[nonce.length - 1 - i] ^= (byte) (number >>> 8 * i);
    }

    @Override
    public ContentType open(ContentType type, int version, ByteBuffer fragment, ByteBuffer plaintext)
            throws TlsAlertException {
        int end = fragment.limit();
        int length = fragment.remaining() - TAG;
        try {
            // RFC 8446 §5.2: the outer type is always that of application data.
            Violation.UNEXPECTED_MESSAGE.unless(type == ContentType.APPLICATION_DATA);
            Violation.BAD_RECORD.when(length < TYPE);
            Violation.RECORD_TOO_LONG.when(length > RecordReader.MAX_PLAINTEXT + 256 - TAG);
            return length <= plaintext.remaining()
                    ? openInPlace(fragment, plaintext)
                    : openAside(fragment, length, plaintext);
        } finally {
            fragment.position(end);
        }
    }

    private ContentType openInPlace(ByteBuffer fragment, ByteBuffer plaintext) throws TlsAlertException {
        int start = plaintext.position();
        try {
            open(fragment, plaintext);
            return strip(plaintext, start);
        } catch (TlsAlertException refused) {
            plaintext.position(start);
            throw refused;
        }
    }

    private ContentType openAside(ByteBuffer fragment, int length, ByteBuffer plaintext) throws TlsAlertException {
        // Grows so that records which get longer and longer do not each want a new array.
        if (opened.capacity() < length) opened = ByteBuffer.allocate(Math.max(length, 2 * opened.capacity()));
        open(fragment, opened.clear());
        var type = strip(opened, 0);
        if (opened.flip().remaining() > plaintext.remaining()) throw new BufferOverflowException();
        plaintext.put(opened);
        return type;
    }

    private void open(ByteBuffer fragment, ByteBuffer out) throws TlsAlertException {
        start(fragment.remaining());
        try {
            aead.start(nonce, header.array(), RecordReader.HEADER_LENGTH);
            aead.finish(fragment, out);
        } catch (GeneralSecurityException e) {
            throw Violation.BAD_RECORD.exception();
        }
    }

    /** RFC 8446 §5.4: the type is the last octet that is not zero; what is in front of it is the content. */
    private static ContentType strip(ByteBuffer inner, int start) throws TlsAlertException {
        int at = inner.position() - 1;
        while (at >= start && inner.get(at) == 0) at--;
        Violation.CONTENT_TYPE_MISSING.when(at < start);
        // RFC 8446 §5.2: the whole must not be longer than 2^14 + 1 octets, which leaves 2^14 for the content.
        Violation.RECORD_TOO_LONG.when(inner.position() - start > RecordReader.MAX_PLAINTEXT + TYPE);
        var type = ContentType.of(inner.get(at) & 0xFF);
        if (type.isEmpty()) throw Violation.UNKNOWN_CONTENT_TYPE.exception();
        // RFC 8446 §5: a protected ChangeCipherSpec is not one to be dropped.
        Violation.CHANGE_CIPHER_SPEC_NOT_DROPPED.when(type.get() == ContentType.CHANGE_CIPHER_SPEC);
        inner.position(at);
        return type.get();
    }

    @Override
    public void close() {
        aead.close();
        Arrays.fill(iv, (byte) 0);
        Arrays.fill(nonce, (byte) 0);
        Arrays.fill(opened.array(), (byte) 0);
    }
}
