package org.almosttls.config;

/**
 * How long the caller wants records to be.
 *
 * @param sent the most octets of a record that this end sends, header included
 * @param received the most octets of plaintext that a record for this end should hold
 * @param sizeLimit whether a client asks for that by record_size_limit (RFC 8449)
 * @param fragmentLength whether it does so by max_fragment_length (RFC 6066 §4), for servers that know nothing newer
 */
public record RecordSizes(int sent, int received, boolean sizeLimit, boolean fragmentLength) {

    /** RFC 5246 §6.2.1: the most octets of plaintext in any record. */
    public static final int MAX_PLAINTEXT = 1 << 14;

    /** As long as TLS permits. */
    public static final RecordSizes ANY = new RecordSizes(Integer.MAX_VALUE, MAX_PLAINTEXT, false, false);

    /** RFC 8449 §4: less cannot be asked for. */
    private static final int LEAST_PLAINTEXT = 64;

    /** Header, IV, the longest MAC, and the longest padding with its length. */
    private static final int MOST_AROUND = 5 + 16 + 48 + 256;

    /** Records of at most so many octets in both directions, whatever the suite; 0 for as long as TLS permits. */
    public static RecordSizes ofPackets(int octets, boolean fragmentLengthToo) {
        if (octets == 0) return ANY;
        int plaintext = Math.max(LEAST_PLAINTEXT, octets - MOST_AROUND);
        if (plaintext >= MAX_PLAINTEXT) return new RecordSizes(octets, MAX_PLAINTEXT, false, false);
        return new RecordSizes(octets, plaintext, true, fragmentLengthToo);
    }
}
