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

    private static final int ANY_TLS = 0;

    private int agreedVersion = ANY_TLS;
    private int expectedVersion = ANY_TLS;
    private boolean peerSpeaksTls;
    private ContentType type = ContentType.HANDSHAKE;
    private int version;
    private int length;

    /** RFC 5246 §E.1: the version that is negotiated, though the peer may not know it yet. */
    public void agreeVersion(int agreed) {
        agreedVersion = agreed;
    }

    /** From now on every record must carry the agreed version: the peer has turned to the keys that came of it. */
    public void requireAgreedVersion() {
        expectedVersion = agreedVersion;
    }

    /**
     * How many octets must be added to {@code network} before {@link #find} can find a record or tell that there is
     * none; 0 if it can now.
     */
    public static int missing(ByteBuffer network) {
        int present = network.remaining();
        if (present < HEADER_LENGTH) return HEADER_LENGTH - present;
        int start = network.position();
        int claimed = RecordHeader.uint16(network, start + 3);
        // What is not TLS is told at once: a peer that waits for an answer sends no more, whatever its text "claims".
        boolean isTls = ContentType.of(network.get(start) & 0xFF).isPresent() && network.get(start + 1) == 3;
        if (!isTls || claimed > MAX_FRAGMENT) return 0;
        return Math.max(0, HEADER_LENGTH + claimed - present);
    }

    /**
     * Whether a whole record remains in {@code network}. Consumes nothing; afterwards {@link #type}, {@link #version}
     * and {@link #fragmentLength} tell its header.
     *
     * @throws TlsAlertException if the header is already wrong, however little of the record is there
     */
    public boolean find(ByteBuffer network) throws TlsAlertException {
        if (network.remaining() < HEADER_LENGTH) return false;
        int start = network.position();
        int code = network.get(start) & 0xFF;
        version = RecordHeader.uint16(network, start + 1);
        length = RecordHeader.uint16(network, start + 3);
        if (!peerSpeaksTls) requireTls(network, code);
        var known = ContentType.of(code);
        if (known.isEmpty()) throw Violation.UNKNOWN_CONTENT_TYPE.exception();
        type = known.get();
        requireVersion();
        Violation.RECORD_TOO_LONG.when(length > MAX_FRAGMENT);
        return network.remaining() >= HEADER_LENGTH + length;
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

    /** RFC 5246 §E.1: before a version is agreed at both ends, any record version of major 3 will do. */
    private void requireVersion() throws TlsAlertException {
        boolean right = expectedVersion == ANY_TLS ? version >>> 8 == 3 : version == expectedVersion;
        if (!right) throw Violation.WRONG_RECORD_VERSION.exception("0x%04X".formatted(version));
    }

    private void requireTls(ByteBuffer network, int code) throws TlsAlertException {
        if (ContentType.of(code).isEmpty() || version >>> 8 != 3)
            throw Violation.NOT_TLS.exception(ForeignProtocol.guess(network));
        peerSpeaksTls = true;
    }
}
