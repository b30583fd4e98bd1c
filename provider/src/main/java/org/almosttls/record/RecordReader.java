package org.almosttls.record;

import java.nio.ByteBuffer;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.registry.ContentType;

/**
 * RFC 5246 §6.2.1: finds the next record in a buffer of network bytes, and judges its header. For one direction and one
 * thread at a time; allocates nothing.
 */
public final class RecordReader {

    /** Octets of type, version and length. */
    public static final int HEADER_LENGTH = 5;

    /** The most octets of content in a record (RFC 5246 §6.2.1). */
    public static final int MAX_PLAINTEXT = 1 << 14;

    /** The most octets of a protected fragment (RFC 5246 §6.2.3). */
    public static final int MAX_FRAGMENT = MAX_PLAINTEXT + 2048;

    /** Of the peer's records: that none has come, and that any version of their family will do. */
    private static final int NONE_YET = -1;

    private static final int ANY = 0;

    private int agreedVersion = ANY;
    private int expectedVersion = NONE_YET;
    private volatile RecordVersions family = RecordVersions.TLS;
    private volatile boolean cutOff;
    private ContentType type = ContentType.HANDSHAKE;
    private int version;
    private int length;

    /**
     * What the first record may be, if that is not TLS's.
     *
     * @throws TlsAlertException WRONG_RECORD_VERSION if it has come and is something else
     */
    public void expect(RecordVersions versions) throws TlsAlertException {
        if (expectedVersion == NONE_YET) family = versions;
        else if (!versions.has(version)) throw wrongVersion();
    }

    /**
     * RFC 5246 §E.1: the version that is negotiated, though the peer may not know it yet.
     *
     * @throws TlsAlertException WRONG_RECORD_VERSION if it is of another family than the records that have come
     */
    public void agreeVersion(int agreed) throws TlsAlertException {
        if (expectedVersion != NONE_YET && !family.has(agreed)) throw wrongVersion();
        agreedVersion = agreed;
    }

    /** From now on every record must carry the agreed version: the peer has turned to the keys that came of it. */
    public void requireAgreedVersion() {
        expectedVersion = agreedVersion;
    }

    /**
     * How many octets must be added to {@code network} before {@link #find} can find a record or tell that there is
     * none; 0 if it can now. The one method that another thread may call.
     */
    public int missing(ByteBuffer network) {
        int missing = missingOf(network);
        cutOff = missing > 0 && network.hasRemaining();
        return missing;
    }

    private int missingOf(ByteBuffer network) {
        int present = network.remaining();
        if (present < HEADER_LENGTH) return HEADER_LENGTH - present;
        int start = network.position();
        int claimed = RecordHeader.uint16(network, start + 3);
        // What is foreign is told at once: a peer that waits for an answer sends no more, whatever its text "claims".
        boolean known = ContentType.of(network.get(start) & 0xFF).isPresent()
                && family.has(RecordHeader.uint16(network, start + 1));
        if (!known || claimed > MAX_FRAGMENT) return 0;
        return Math.max(0, HEADER_LENGTH + claimed - present);
    }

    /**
     * Whether a whole record remains in {@code network}. Consumes nothing; afterwards {@link #type}, {@link #version}
     * and {@link #fragmentLength} tell its header.
     *
     * @throws TlsAlertException if the header is already wrong, however little of the record is there
     */
    public boolean find(ByteBuffer network) throws TlsAlertException {
        boolean found = findIn(network);
        cutOff = !found && network.hasRemaining();
        return found;
    }

    private boolean findIn(ByteBuffer network) throws TlsAlertException {
        if (network.remaining() < HEADER_LENGTH) return false;
        int start = network.position();
        int code = network.get(start) & 0xFF;
        version = RecordHeader.uint16(network, start + 1);
        length = RecordHeader.uint16(network, start + 3);
        if (expectedVersion == NONE_YET) requireFamily(network, code);
        var known = ContentType.of(code);
        if (known.isEmpty()) throw Violation.UNKNOWN_CONTENT_TYPE.exception();
        type = known.get();
        requireVersion();
        Violation.RECORD_TOO_LONG.when(length > MAX_FRAGMENT);
        return network.remaining() >= HEADER_LENGTH + length;
    }

    /** Whether what was last looked at is the beginning of a record, and not all of it. */
    public boolean isCutOff() {
        return cutOff;
    }

    public ContentType type() {
        return type;
    }

    public int version() {
        return version;
    }

    public int fragmentLength() {
        return length;
    }

    /** RFC 5246 §E.1: before a version is agreed at both ends, any record version of the family will do. */
    private void requireVersion() throws TlsAlertException {
        boolean right = expectedVersion == ANY ? family.has(version) : version == expectedVersion;
        if (!right) throw wrongVersion();
    }

    private TlsAlertException wrongVersion() {
        return Violation.WRONG_RECORD_VERSION.exception("0x%04X".formatted(version));
    }

    private void requireFamily(ByteBuffer network, int code) throws TlsAlertException {
        if (ContentType.of(code).isEmpty() || !family.has(version)) throw family.refusal(version, network);
        family = family.narrowedBy(version);
        expectedVersion = ANY;
    }
}
