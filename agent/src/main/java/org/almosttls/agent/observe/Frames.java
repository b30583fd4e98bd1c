package org.almosttls.agent.observe;

/**
 * The calls on engines and sockets that one thread is in, the innermost last. What it has is used again and again, and
 * written only where it changes: each record comes by here.
 */
final class Frames {

    private Frame top;
    private Frame outermost;
    private boolean busy;
    private WatchedConnection lastSender;
    private WatchedConnection lastReceiver;

    /** What there is to say of a call besides. */
    private static final class Marks {

        private boolean nested;
        private boolean counted;
        private boolean reads;
        private boolean writes;
    }

    /** One call, from its beginning to its end. */
    final class Frame {

        private final Frame outer;
        private Frame inner;
        private final Positions positions = new Positions();
        private WatchedConnection owner;
        private long recordsBefore;
        private final Marks marks = new Marks();

        private Frame(Frame outer) {
            this.outer = outer;
        }

        /** All the calls that its thread is in. */
        Frames thread() {
            return Frames.this;
        }

        /** What the call is on, null if that is not watched. */
        WatchedConnection owner() {
            return owner;
        }

        /** Of the network's buffers. */
        Positions positions() {
            return positions;
        }

        /** Whether it is a call within a call on the same one. */
        boolean isNested() {
            return marks.nested;
        }

        /** How many records its owner had sent when it began. */
        long recordsBefore() {
            return recordsBefore;
        }

        private void begin(WatchedConnection of, boolean within) {
            if (owner != of) owner = of;
            marks.nested = within;
            if (marks.reads) marks.reads = false;
            if (marks.writes) marks.writes = false;
            recordsBefore = of == null ? 0 : of.recordsSent();
        }

        /**
         * Its owner is to know of the call while it lasts, as long as its handshake is not done.
         *
         * @return whether this is the only such call, and nothing of it has passed yet
         */
        boolean count() {
            marks.counted = owner != null && !marks.nested && !owner.isEstablished();
            return marks.counted && owner.isEntered();
        }

        /** The call is over. */
        void discount() {
            if (marks.counted) owner.isLeft();
            marks.counted = false;
        }

        /** It has moved data of its owner; the call around, on another one, may be why. */
        void moved(boolean sends) {
            if (outer == null || outer.owner == owner) return;
            if (sends) outer.marks.writes = true;
            else outer.marks.reads = true;
        }

        /** Whether data of another one were moved in it in another way than its own: it only carries those of its owner. */
        boolean isCarried(boolean isRead, boolean isWrite) {
            return marks.reads && !isRead || marks.writes && !isWrite;
        }
    }

    /** What is known of an engine if it was the last one that sent, or received, in this thread; else null. */
    WatchedConnection last(Object engine, boolean sends) {
        WatchedConnection last = sends ? lastSender : lastReceiver;
        return last != null && last.isOf(engine) ? last : null;
    }

    void remember(WatchedConnection connection, boolean sends) {
        if (sends) lastSender = connection;
        else lastReceiver = connection;
    }

    /** Whether this thread is in calls of our own, which are not to be watched. */
    boolean isBusy() {
        return busy;
    }

    void busy(boolean now) {
        busy = now;
    }

    /** A call begins; one on something that is not watched is noted too, for what happens in it is not of the one around. */
    Frame push(WatchedConnection owner) {
        Frame outer = top;
        Frame frame = next();
        top = frame;
        frame.begin(owner, outer != null && outer.owner == owner);
        return frame;
    }

    private Frame next() {
        if (top == null) {
            if (outermost == null) outermost = new Frame(null);
            return outermost;
        }
        if (top.inner == null) top.inner = new Frame(top);
        return top.inner;
    }

    /** The innermost call, null if there is none. */
    Frame top() {
        return top;
    }

    /** A call is over, and whatever was in it; to be {@link #release released} when it has been seen to. */
    void pop(Frame frame) {
        top = frame.outer;
    }

    /** Who was at work in a call on another, which had nothing to do itself, does its work. */
    void release(Frame frame) {
        Frame outer = frame.outer;
        if (outer != null && outer.owner != null && frame.owner != null) outer.owner.delegatesTo(frame.owner);
    }
}
