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
        boolean begins(int type, int version, int length);

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

    /** Whether something came that is no record; nothing after it is looked at. */
    boolean isForeign() {
        return foreign;
    }

    private void begin() {
        left = Octets.at(header, 3) << 8 | Octets.at(header, 4);
        foreign = !to.begins(Octets.at(header, 0), Octets.at(header, 1) << 8 | Octets.at(header, 2), left);
        if (left == 0 && !foreign) end();
    }

    private void end() {
        held = 0;
        to.ends();
    }
}
