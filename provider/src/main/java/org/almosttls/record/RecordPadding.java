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
    private static final int AROUND = RecordReader.HEADER_LENGTH + 16;

    /** As long as such records may be. */
    static RecordPadding to(int block) {
        return new RecordPadding(block, MOST);
    }

    /**
     * What a caller wants: where it wants short packets, it wants them more than padding.
     *
     * @param packet the most octets of a record, header included, that padding may lead to
     */
    public static RecordPadding within(int packet, int block) {
        return to(block).atMost(packet - AROUND);
    }

    /** The same, but no longer than this. */
    RecordPadding atMost(int inner) {
        return new RecordPadding(block, Math.min(most, inner));
    }

    /** How many zeroes follow so many octets of content and type. */
    int zeroes(int inner) {
        int padded = (inner + block - 1) / block * block;
        return Math.max(0, Math.min(padded, most) - inner);
    }
}
