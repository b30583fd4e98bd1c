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
 * RFC 5246 §6.2.3.3: AEAD. The nonce is made of the IV that was derived and the record's sequence number: for AES-GCM
 * (RFC 5288 §3) one behind the other, the number also being sent; for ChaCha20-Poly1305 (RFC 7905 §2) one on the other,
 * and nothing is sent.
 */
final class Aead12Protection implements RecordProtection {

    private static final int VERSION = 0x0303;
    private static final int NUMBER = 8;
    private static final int NONCE = 12;
    private static final int TAG = 16;

    private final Aead aead;
    private final byte[] iv;
    private final byte[] nonce = new byte[NONCE];
    private final byte[] additionalData = new byte[13];
    /** Octets of the nonce that are sent in each record. */
    private final int explicit;

    private final SequenceNumber sequence;
    private final int most;

    /**
     * Owns {@code aead}; copies {@code iv}, the part of the nonce that was derived: 4 octets, or all 12.
     *
     * @param most octets of content in a record that is opened
     */
    Aead12Protection(Aead aead, Secret iv, SequenceNumber sequence, int most) {
        this.aead = aead;
        this.most = most;
        this.sequence = sequence;
        this.iv = Arrays.copyOf(iv.bytes(), NONCE);
        explicit = NONCE - iv.length();
    }

    private int overhead() {
        return explicit + TAG;
    }

    @Override
    public int sealedLength(int plaintextLength) {
        return RecordReader.HEADER_LENGTH + plaintextLength + overhead();
    }

    @Override
    public int openedBound(int fragmentLength) {
        return Math.min(Math.max(0, fragmentLength - overhead()), most);
    }

    @Override
    public int openedLeast(int fragmentLength) {
        return openedBound(fragmentLength);
    }

    @Override
    public void seal(ContentType type, ByteBuffer plaintext, ByteBuffer network) throws TlsAlertException {
        int length = plaintext.remaining();
        RecordHeader.authenticated(additionalData, sequence.take(), type, VERSION, length);
        RecordHeader.write(type, VERSION, length + overhead(), network);
        // RFC 5288 §3: the explicit part must differ in every record, and the sequence number does.
        network.put(additionalData, 0, explicit);
        setNonce(additionalData);
        try {
            aead.start(nonce, additionalData, additionalData.length);
            aead.finish(plaintext, network);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The derived part, and over its end the octets of {@code number}, which stand alone if nothing is derived there. */
    private void setNonce(byte[] number) {
        System.arraycopy(iv, 0, nonce, 0, NONCE);
        for (int i = 0; i < NUMBER; i++) nonce[NONCE - NUMBER + i] ^= number[i];
    }

    @Override
    public ContentType open(ContentType type, int version, ByteBuffer fragment, ByteBuffer plaintext)
            throws TlsAlertException {
        int end = fragment.limit();
        int start = plaintext.position();
        try {
            int length = fragment.remaining() - overhead();
            Violation.BAD_RECORD.when(length < 0);
            Violation.RECORD_TOO_LONG.when(length > most);
            if (length > plaintext.remaining()) throw new BufferOverflowException();
            RecordHeader.authenticated(additionalData, sequence.take(), type, version, length);
            setNonce(additionalData);
            fragment.get(nonce, NONCE - explicit, explicit);
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
        Arrays.fill(iv, (byte) 0);
        Arrays.fill(nonce, (byte) 0);
    }
}
