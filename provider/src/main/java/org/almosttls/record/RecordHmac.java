package org.almosttls.record;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.crypto.Hmac;
import org.almosttls.registry.ContentType;

/** RFC 7366 §3: the MAC over the encrypted fragments of one direction, in order. */
final class RecordHmac implements AutoCloseable {

    private final Hmac hmac;
    private final SequenceNumber sequence;
    private final byte[] header = new byte[13];
    private final byte[] tag;
    private final byte[] claimed;

    /** Owns {@code hmac}, whose tags have this length. */
    RecordHmac(Hmac hmac, int length, SequenceNumber sequence) {
        this.hmac = hmac;
        this.sequence = sequence;
        tag = new byte[length];
        claimed = new byte[length];
    }

    int length() {
        return tag.length;
    }

    /** Writes the MAC of what remains in {@code encrypted}, IV first, behind it; the limit is moved to make room. */
    void append(ContentType type, int version, ByteBuffer encrypted) throws TlsAlertException {
        compute(type, version, encrypted);
        encrypted.limit(encrypted.limit() + tag.length).put(tag);
    }

    /** Whether what remains in {@code encrypted} but for its last octets is followed by its MAC; consumes nothing. */
    boolean verify(ContentType type, int version, ByteBuffer encrypted) throws TlsAlertException {
        int start = encrypted.position();
        int end = encrypted.limit();
        encrypted.limit(end - tag.length);
        compute(type, version, encrypted);
        encrypted.limit(end).get(claimed).position(start);
        return MessageDigest.isEqual(tag, claimed);
    }

    /** RFC 7366 §3: the length is that of IV and ciphertext, without the MAC. */
    private void compute(ContentType type, int version, ByteBuffer encrypted) throws TlsAlertException {
        RecordHeader.authenticated(header, sequence.take(), type, version, encrypted.remaining());
        hmac.update(header).update(encrypted).tag(tag, 0);
    }

    @Override
    public void close() {
        hmac.close();
    }
}
