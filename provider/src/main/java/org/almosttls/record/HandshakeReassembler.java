package org.almosttls.record;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;

/**
 * RFC 5246 §6.2.1: puts handshake messages together from the fragments of records. Holds at most one message of
 * {@link #MAX_MESSAGE} octets and what came behind it in the same record.
 */
public final class HandshakeReassembler {

    /** The most octets of one message's body; chains of certificates are the longest that honest peers send. */
    public static final int MAX_MESSAGE = 1 << 17;

    private static final int HEADER_LENGTH = 4;
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int start;
    private int end;

    /** Takes the handshake data of one record. Call {@link #next} until it is empty before adding more. */
    public void add(ByteBuffer fragment) throws TlsAlertException {
        int added = fragment.remaining();
        if (end + added > bytes.length) makeRoom(added);
        fragment.get(bytes, end, added);
        end += added;
        requireBound();
    }

    /** The next whole message with its header of four octets, owned by the caller. */
    public Optional<byte[]> next() throws TlsAlertException {
        if (end - start < HEADER_LENGTH || end - start < HEADER_LENGTH + bodyLength()) return Optional.empty();
        int length = HEADER_LENGTH + bodyLength();
        byte[] message = Arrays.copyOfRange(bytes, start, start + length);
        start += length;
        if (start == end) release();
        requireBound();
        return Optional.of(message);
    }

    /**
     * A message, or what came of it.
     *
     * @param header its four octets, or what came of them
     * @param octets how many came of all of it
     */
    public record Begun(byte[] header, int octets, boolean isWhole) {}

    /** What is known of the message that would come next, if anything of it came; all that waits is forgotten. */
    public Optional<Begun> forget() {
        if (isEmpty()) return Optional.empty();
        int held = end - start;
        byte[] header = Arrays.copyOfRange(bytes, start, start + Math.min(held, HEADER_LENGTH));
        int length = held < HEADER_LENGTH ? Integer.MAX_VALUE : HEADER_LENGTH + bodyLength();
        release();
        return Optional.of(new Begun(header, Math.min(held, length), held >= length));
    }

    /** Whether nothing of a message waits. */
    public boolean isEmpty() {
        return start == end;
    }

    /** RFC 5246 §6.2.1: between the parts of a message no record of another type may come. */
    public void requireNothingPending() throws TlsAlertException {
        Violation.MESSAGE_INTERLEAVED.when(end > start);
    }

    /** The proof that keys may change now. */
    public Aligned aligned() throws TlsAlertException {
        Violation.MESSAGE_ACROSS_KEYS.when(end > start);
        return new Aligned();
    }

    private void requireBound() throws TlsAlertException {
        if (end - start >= HEADER_LENGTH && bodyLength() > MAX_MESSAGE)
            throw Violation.MESSAGE_TOO_LONG.exception(bodyLength() + " octets");
    }

    private int bodyLength() {
        return (bytes[start + 1] & 0xFF) << 16 | (bytes[start + 2] & 0xFF) << 8 | bytes[start + 3] & 0xFF;
    }

    private void makeRoom(int added) {
        int held = end - start;
        byte[] larger = bytes.length >= held + added ? bytes : new byte[Math.max(2 * held, held + added)];
        System.arraycopy(bytes, start, larger, 0, held);
        bytes = larger;
        start = 0;
        end = held;
    }

    private void release() {
        bytes = NOTHING;
        start = 0;
        end = 0;
    }
}
