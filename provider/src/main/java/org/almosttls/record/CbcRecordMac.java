package org.almosttls.record;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.crypto.Hmac;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.HashAlgorithm;

/**
 * The MAC of RFC 5246 §6.2.3.1 over the records of one direction. Checking it takes the same work whatever the padding
 * is, or its duration would be an oracle for the plaintext (AlFardan and Paterson, "Lucky Thirteen", 2013; RFC 5246
 * §6.2.3.2 explains why): the padding is checked to the end, the hash's compression function is called as often as for
 * the shortest padding, and the MAC is fetched from every place where it could be.
 */
final class CbcRecordMac implements RecordMac {

    /** Room that {@link #verifiedLength} needs behind the start of what was decrypted, for the hash to work on. */
    static final int LEAST_ROOM = 512;

    /** RFC 5246 §6.2.3.2: padding, with the octet that says its length. */
    private static final int MOST_PADDING = 256;

    private final Hmac hmac;
    private final HashAlgorithm hash;
    private final SequenceNumber sequence;
    private final byte[] header = new byte[13];
    private final byte[] expected;
    private final byte[] found;
    private final byte[] shifted;

    /** Owns {@code hmac}, which is of {@code hash}. */
    CbcRecordMac(Hmac hmac, HashAlgorithm hash, SequenceNumber sequence) {
        this.hmac = hmac;
        this.hash = hash;
        this.sequence = sequence;
        expected = new byte[hash.length()];
        found = new byte[hash.length()];
        shifted = new byte[hash.length()];
    }

    @Override
    public int length() {
        return hash.length();
    }

    @Override
    public CbcRecordMac start(ContentType type, int version, int contentLength) throws TlsAlertException {
        start(sequence.take(), type, version, contentLength);
        return this;
    }

    private void start(long number, ContentType type, int version, int contentLength) {
        RecordHeader.authenticated(header, number, type, version, contentLength);
        hmac.update(header);
    }

    @Override
    public void update(ByteBuffer content) {
        hmac.update(content);
    }

    @Override
    public void tag(byte[] out, int offset) {
        hmac.tag(out, offset);
    }

    @Override
    public long next() {
        return sequence.next();
    }

    @Override
    public int verifiedLength(ContentType type, int version, byte[] text, int length) throws TlsAlertException {
        int contentLength = contentLength(sequence.take(), type, version, text, length);
        Violation.BAD_RECORD.when(contentLength < 0);
        return contentLength;
    }

    @Override
    public boolean verifies(long number, ContentType type, int version, byte[] text, int length) {
        return contentLength(number, type, version, text, length) >= 0;
    }

    /** -1 if padding or MAC is wrong. */
    private int contentLength(long number, ContentType type, int version, byte[] text, int length) {
        int longest = length - hash.length() - 1;
        int padding = text[length - 1] & 0xFF;
        int good =
                ConstantTime.ifZero(paddingErrors(text, length, padding)) & ~ConstantTime.ifNegative(longest - padding);
        // RFC 5246 §6.2.3.2: after wrong padding the MAC is computed as if there were none.
        int contentLength = longest - (padding & good);
        start(number, type, version, contentLength);
        compute(text, contentLength, longest);
        fetch(text, contentLength, longest);
        int difference = 0;
        for (int i = 0; i < expected.length; i++) difference |= expected[i] ^ found[i];
        return ConstantTime.select(good & ConstantTime.ifZero(difference), contentLength, -1);
    }

    /** 0 if the last {@code padding + 1} octets all have that value; looks at as many as there could ever be. */
    private static int paddingErrors(byte[] text, int length, int padding) {
        int errors = 0;
        for (int i = 0; i < Math.min(MOST_PADDING, length); i++) {
            int isPadding = ~ConstantTime.ifNegative(padding - i);
            errors |= isPadding & (text[length - 1 - i] & 0xFF ^ padding);
        }
        return errors;
    }

    /** The MAC over the content, and then as many compressions more as the longest content would have taken. */
    private void compute(byte[] text, int contentLength, int longest) {
        hmac.update(text, 0, contentLength).tag(expected, 0);
        int blocksLeft = blocks(longest) - blocks(contentLength);
        hmac.update(text, 0, blocksLeft * hash.blockLength()).tag(shifted, 0);
    }

    /** How many blocks the hash makes of header, content, its own padding of one octet or more, and the length. */
    private int blocks(int contentLength) {
        int lengthField = hash.blockLength() / 8;
        int octets = header.length + contentLength + 1 + lengthField;
        return octets + hash.blockLength() - 1 >> Integer.numberOfTrailingZeros(hash.blockLength());
    }

    /** Copies the MAC at the secret place {@code start} to {@code found}, reading all places where it could be. */
    private void fetch(byte[] text, int start, int longest) {
        Arrays.fill(found, (byte) 0);
        int rotation = 0;
        int slot = 0;
        for (int i = Math.max(0, longest - MOST_PADDING + 1); i < longest + found.length; i++) {
            int inside = ~ConstantTime.ifNegative(i - start) & ConstantTime.ifNegative(i - start - found.length);
            found[slot] |= (byte) (text[i] & inside);
            rotation |= slot & ConstantTime.ifZero(i - start);
            slot = slot + 1 == found.length ? 0 : slot + 1;
        }
        rotate(rotation);
    }

    /** Turns {@code found} so that what stands at {@code rotation} comes first, one bit of that number at a time. */
    private void rotate(int rotation) {
        for (int step = 1; step < found.length; step <<= 1) {
            int turn = ~ConstantTime.ifZero(rotation & step);
            for (int i = 0; i < found.length; i++) {
                shifted[i] = (byte) ConstantTime.select(turn, found[(i + step) % found.length], found[i]);
            }
            System.arraycopy(shifted, 0, found, 0, found.length);
        }
    }

    @Override
    public void close() {
        hmac.close();
    }
}
