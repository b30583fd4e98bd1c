package org.almosttls.record;

/**
 * RFC 8446 §5.4: how much longer than it has to be that is made which a record encrypts, so that its length tells less.
 *
 * @param block octets of which it is a multiple: content, type and zeroes together; 1 for no padding
 * @param most octets that it never exceeds for padding's sake
 */
public record RecordPadding(int block, int most) {

    public static final RecordPadding NONE = new RecordPadding(1, 0);

    /** RFC 8446 §5.4: with padding too, no more than 2^14 octets of content and the one of the type. */
    static final int MOST = RecordReader.MAX_PLAINTEXT + 1;

    /** Octets of a record besides what it encrypts: of its header and its tag. */
    public static final int AROUND = RecordReader.HEADER_LENGTH + 16;

    /** As long as such records may be. */
    public static RecordPadding to(int block) {
        return new RecordPadding(block, MOST);
    }

    /** The same, but no longer than this. */
    public RecordPadding atMost(int inner) {
        return new RecordPadding(block, Math.min(most, inner));
    }

    /** How many zeroes follow so many octets of content and type. */
    int zeroes(int inner) {
        int padded = (inner + block - 1) / block * block;
        return Math.max(0, Math.min(padded, most) - inner);
    }
}
