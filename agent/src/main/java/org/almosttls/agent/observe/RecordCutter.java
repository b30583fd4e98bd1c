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
        while (at < end && !foreign) {
            if (held < HEADER_LENGTH) {
                header[held++] = (byte) Octets.at(source, at++);
                if (held == HEADER_LENGTH) begin();
            } else {
                int some = Math.min(left, end - at);
                to.holds(source, at, some);
                left -= some;
                at += some;
                if (left == 0) end();
            }
        }
    }

    /** What is there and has not been taken: whether that begins as no record does. */
    boolean isForeign(Object source, int from, int end) {
        if (held > 0 || foreign || end - from < HEADER_LENGTH) return foreign;
        foreign = !to.isRecord(Octets.at(source, from), uint16(source, from + 1), uint16(source, from + 3));
        return foreign;
    }

    private static int uint16(Object source, int index) {
        return Octets.at(source, index) << 8 | Octets.at(source, index + 1);
    }

    /** Whether something came that is no record; nothing after it is looked at. */
    boolean isForeign() {
        return foreign;
    }

    private void begin() {
        int type = Octets.at(header, 0);
        int version = uint16(header, 1);
        left = uint16(header, 3);
        foreign = !to.isRecord(type, version, left);
        if (foreign) return;
        to.begins(type, version, left);
        if (left == 0) end();
    }

    private void end() {
        held = 0;
        to.ends();
    }
}
