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

/** RFC 5246 §6.2.3.3 with the nonces of RFC 5288 §3: AES-GCM with eight octets of each nonce sent in the record. */
final class Aead12Protection implements RecordProtection {

    private static final int VERSION = 0x0303;
    private static final int EXPLICIT = 8;
    private static final int TAG = 16;
    private static final int OVERHEAD = EXPLICIT + TAG;

    private final Aead aead;
    private final byte[] nonce = new byte[12];
    private final byte[] additionalData = new byte[13];
    private final int implicit;
    private final SequenceNumber sequence;

    /** Owns {@code aead}; copies {@code iv}, the implicit part of the nonce. */
    Aead12Protection(Aead aead, Secret iv, SequenceNumber sequence) {
        this.aead = aead;
        this.sequence = sequence;
        implicit = iv.length();
        System.arraycopy(iv.bytes(), 0, nonce, 0, implicit);
    }

    @Override
    public int sealedLength(int plaintextLength) {
        return RecordReader.HEADER_LENGTH + plaintextLength + OVERHEAD;
    }

    @Override
    public int openedBound(int fragmentLength) {
        return Math.min(Math.max(0, fragmentLength - OVERHEAD), RecordReader.MAX_PLAINTEXT);
    }

    @Override
    public void seal(ContentType type, ByteBuffer plaintext, ByteBuffer network) throws TlsAlertException {
        int length = plaintext.remaining();
        long number = sequence.take();
        RecordHeader.authenticated(additionalData, number, type, VERSION, length);
        RecordHeader.write(type, VERSION, length + OVERHEAD, network);
        // RFC 5288 §3: the explicit part must differ in every record, and the sequence number does.
        System.arraycopy(additionalData, 0, nonce, implicit, EXPLICIT);
        network.put(nonce, implicit, EXPLICIT);
        try {
            aead.start(nonce, additionalData, additionalData.length);
            aead.finish(plaintext, network);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public ContentType open(ContentType type, int version, ByteBuffer fragment, ByteBuffer plaintext)
            throws TlsAlertException {
        int end = fragment.limit();
        int start = plaintext.position();
        try {
            int length = fragment.remaining() - OVERHEAD;
            Violation.BAD_RECORD.when(length < 0);
            Violation.RECORD_TOO_LONG.when(length > RecordReader.MAX_PLAINTEXT);
            if (length > plaintext.remaining()) throw new BufferOverflowException();
            RecordHeader.authenticated(additionalData, sequence.take(), type, version, length);
            fragment.get(nonce, implicit, EXPLICIT);
            aead.start(nonce, additionalData, additionalData.length);
            aead.finish(fragment, plaintext);
            return type;
        } catch (GeneralSecurityException e) {
            plaintext.position(start);
            throw Violation.BAD_RECORD.exception();
        } finally {
            fragment.position(end);
        }
    }

    @Override
    public void close() {
        aead.close();
        Arrays.fill(nonce, (byte) 0);
    }
}
