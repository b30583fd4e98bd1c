package org.almosttls.agent.observe;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The calls on engines and sockets that one thread is in, the innermost last. What it has is used again and again. */
final class Frames {

    private static final int MOST = 64;

    private final Frame[] frames = new Frame[MOST];
    private int depth;
    private boolean busy;

    /** One call. */
    static final class Frame {

        private WatchedConnection owner;
        private Object network;
        private int offset;
        private int[] positions = new int[1];
        private long recordsBefore;
        private boolean nested;
        private boolean counted;

        WatchedConnection owner() {
            return owner;
        }

        /** Whether it is a call within a call on the same one. */
        boolean isNested() {
            return nested;
        }

        /** How many records its owner had sent when it began. */
        long recordsBefore() {
            return recordsBefore;
        }

        private void begin(WatchedConnection of, boolean within) {
            owner = of;
            nested = within;
            network = null;
            recordsBefore = of == null ? 0 : of.recordsSent();
        }

        /** Its owner is to know of the call while it lasts, as long as its handshake is not done. */
        void count() {
            counted = owner != null && !nested && !owner.isEstablished();
            if (counted) owner.isEntered();
        }

        /** The call is over. */
        void discount() {
            if (counted) owner.isLeft();
            counted = false;
        }

        void lookAt(Object buffers, int from, int length) {
            network = buffers;
            offset = from;
            if (buffers instanceof ByteBuffer buffer) positions[0] = buffer.position();
            else if (buffers instanceof ByteBuffer[] several) {
                int count = Math.min(length, several.length - from);
                if (positions.length < count) positions = Arrays.copyOf(positions, count);
                for (int i = 0; i < count; i++) positions[i] = several[from + i].position();
            }
        }

        /** Hands on as many octets as have passed the buffers since. */
        void passed(WatchedDirection to, int octets) {
            if (network instanceof ByteBuffer buffer) to.take(buffer, positions[0], positions[0] + octets);
            else if (network instanceof ByteBuffer[] several) passed(to, several, octets);
        }

        private void passed(WatchedDirection to, ByteBuffer[] several, int octets) {
            int left = octets;
            for (int i = 0; left > 0 && offset + i < several.length && i < positions.length; i++) {
                int some = Math.min(left, several[offset + i].position() - positions[i]);
                to.take(several[offset + i], positions[i], positions[i] + some);
                left -= some;
            }
        }

        /** Hands on what was there when the call began, of which nobody knows how much it has taken before it threw. */
        void refused(WatchedDirection to) {
            if (network instanceof ByteBuffer buffer) to.take(buffer, positions[0], buffer.limit());
        }

        /** Whether what was there when the call began, and is there still, is the beginning of something that is no TLS. */
        boolean refuses(WatchedDirection from) {
            return network instanceof ByteBuffer buffer && from.isForeign(buffer, positions[0], buffer.limit());
        }

        private void end() {
            owner = null;
            network = null;
        }
    }

    /** Whether this thread is in calls of our own, which are not to be watched. */
    boolean isBusy() {
        return busy;
    }

    void busy(boolean now) {
        busy = now;
    }

    /** A call begins; one on something that is not watched is noted too, so that beginnings and ends stay together. */
    Frame push(WatchedConnection owner) {
        Frame frame = depth < MOST ? at(depth) : new Frame();
        Frame outer = depth > 0 && depth <= MOST ? frames[depth - 1] : null;
        boolean same = outer != null && outer.owner == owner;
        depth++;
        frame.begin(owner, same);
        return frame;
    }

    private Frame at(int index) {
        if (frames[index] == null) frames[index] = new Frame();
        return frames[index];
    }

    /** The innermost call, null if there is none. */
    Frame top() {
        return depth > 0 && depth <= MOST ? frames[depth - 1] : null;
    }

    /** The innermost call is over; to be {@link #release released} when it has been seen to. */
    Frame pop() {
        if (depth == 0) return null;
        depth--;
        return depth < MOST ? frames[depth] : null;
    }

    /** Who was at work in a call on another, which had nothing to do itself, does its work. */
    void release(Frame frame) {
        Frame outer = top();
        if (outer != null && outer.owner != null && frame.owner != null) outer.owner.delegatesTo(frame.owner);
        frame.end();
    }
}
