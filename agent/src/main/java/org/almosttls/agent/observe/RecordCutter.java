package org.almosttls.agent.observe;

/** RFC 8446 §5.1: tells where the records of one direction begin and end, in whatever pieces they come. */
final class RecordCutter {

    private static final int HEADER_LENGTH = 5;

    private final Records to;
    private final byte[] header = new byte[HEADER_LENGTH];
    private int held;
    private int left;
    private boolean foreign;

    /** Who hears of records. */
    interface Records {

        /** Whether this is the beginning of a record at all. */
        boolean isRecord(int type, int version, int length);

        /** Whether a record is all there and need not be read; then it has been, and nothing else is said of it. */
        boolean passes(int type, int version, int length);

        void begins(int type, int version, int length);

        /** Some of what is in it. */
        void holds(Object source, int index, int length);

        void ends();
    }

    RecordCutter(Records to) {
        this.to = to;
    }

    /** What has come, from one index to before another. */
    void take(Object source, int from, int end) {
        int at = from;
        while (at < end && !foreign) at = held < HEADER_LENGTH ? header(source, at, end) : content(source, at, end);
    }

    /** Where it goes on. */
    private int header(Object source, int at, int end) {
        if (held > 0 || end - at < HEADER_LENGTH) {
            header[held++] = (byte) Octets.at(source, at);
            if (held == HEADER_LENGTH) begin(Octets.uint40(header, 0));
            return at + 1;
        }
        long whole = Octets.uint40(source, at);
        int content = at + HEADER_LENGTH;
        boolean isThere = length(whole) <= end - content;
        if (isThere && to.passes(type(whole), version(whole), length(whole))) return content + length(whole);
        held = HEADER_LENGTH;
        begin(whole);
        return content;
    }

    private static int type(long header) {
        return (int) (header >> 32);
    }

    private static int version(long header) {
        return (int) header >>> 16;
    }

    private static int length(long header) {
        return (int) header & 0xFFFF;
    }

    private int content(Object source, int at, int end) {
        int some = Math.min(left, end - at);
        to.holds(source, at, some);
        left -= some;
        if (left == 0) end();
        return at + some;
    }

    /** What is there and has not been taken: whether that begins as no record does. */
    boolean isForeign(Object source, int from, int end) {
        if (held > 0 || foreign || end - from < HEADER_LENGTH) return foreign;
        foreign = !isRecord(Octets.uint40(source, from));
        return foreign;
    }

    private boolean isRecord(long header) {
        return to.isRecord(type(header), version(header), length(header));
    }

    /** Whether something came that is no record; nothing after it is looked at. */
    boolean isForeign() {
        return foreign;
    }

    private void begin(long header) {
        left = length(header);
        foreign = !isRecord(header);
        if (foreign) return;
        to.begins(type(header), version(header), left);
        if (left == 0) end();
    }

    private void end() {
        held = 0;
        to.ends();
    }
}
