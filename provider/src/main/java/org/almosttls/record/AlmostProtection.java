package org.almosttls.record;

import java.nio.ByteBuffer;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.ContentType;

/**
 * AlmostTLSv1 §6, the textbook's record: HMAC over sequence number, type, version, length and data; then data, HMAC and
 * padding encrypted with AES-CBC behind a fresh random IV. The form is that of TLS 1.2's CBC suites, under a version of
 * its own.
 *
 * <p>Unlike TLS, it tells the local user whether a record that does not authenticate would do so at another place in the
 * stream. The peer is told nothing of that: the one error is the same, and so is the work before it.
 */
final class AlmostProtection implements RecordProtection {

    static final int VERSION = 0xA101;

    /** How far from its place a record is looked for. */
    private static final int REACH = 16;

    private final CbcHmacProtection records;
    private final RecordMac mac;

    /** Owns {@code records}, and through it its {@code mac}. */
    AlmostProtection(CbcHmacProtection records, RecordMac mac) {
        this.records = records;
        this.mac = mac;
    }

    @Override
    public int sealedLength(int plaintextLength) {
        return records.sealedLength(plaintextLength);
    }

    @Override
    public int openedBound(int fragmentLength) {
        return records.openedBound(fragmentLength);
    }

    @Override
    public void seal(ContentType type, ByteBuffer plaintext, ByteBuffer network) throws TlsAlertException {
        records.seal(type, plaintext, network);
    }

    @Override
    public ContentType open(ContentType type, int version, ByteBuffer fragment, ByteBuffer plaintext)
            throws TlsAlertException {
        long due = mac.next();
        int fragmentLength = fragment.remaining();
        try {
            return records.open(type, version, fragment, plaintext);
        } catch (TlsAlertException refused) {
            throw explained(refused, due, type, version, fragmentLength);
        }
    }

    /** Tries every place within reach, also after one is found and where none can be. */
    private TlsAlertException explained(
            TlsAlertException refused, long due, ContentType type, int version, int fragmentLength) {
        long place = due;
        for (long number = due - REACH; number != due + REACH + 1; number++) {
            boolean fits = records.wouldOpenAs(number, type, version, fragmentLength);
            place = fits && number != due ? number : place;
        }
        if (place == due) return altered(refused, due);
        return Violation.RECORD_OUT_OF_ORDER.exception("record number " + Long.toUnsignedString(place)
                + " came where number " + Long.toUnsignedString(due) + " was due");
    }

    private static TlsAlertException altered(TlsAlertException refused, long due) {
        if (refused.violation() != Violation.BAD_RECORD) return refused;
        return Violation.BAD_RECORD.exception("number " + Long.toUnsignedString(due) + " was altered on the way, or is"
                + " under other keys: it does not fit any place near by either");
    }

    @Override
    public void close() {
        records.close();
    }
}
