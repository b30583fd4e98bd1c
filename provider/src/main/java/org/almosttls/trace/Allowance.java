package org.almosttls.trace;

/**
 * How much one connection's lines may take: a peer that says little in many pieces fills no disk with them. Each line takes
 * so much, and each octet that went over the wire gives so much; any thread may call.
 */
final class Allowance {

    private static final int PER_LINE = 256;
    private static final int PER_OCTET = 16;
    private static final int MOST = PER_LINE << 10;

    private long left = MOST;

    /** Whether there may be a line about something of so many octets. */
    synchronized boolean allows(int octets) {
        left = Math.min(MOST, left + (long) PER_OCTET * octets);
        if (left < PER_LINE) return false;
        left -= PER_LINE;
        return true;
    }
}
