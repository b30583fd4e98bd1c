package org.almosttls.trace;

import java.time.Instant;
import java.util.Optional;
import org.almosttls.event.Direction;
import org.almosttls.trace.SessionLine.Opening;

/**
 * All that is told of one message or one record.
 *
 * @param protection empty where nobody can tell
 * @param name of a message, as the RFCs spell it
 * @param head what it is on the wire
 * @param body what it says
 */
record DetailLine(
        Opening opening,
        Instant time,
        Direction direction,
        Kind kind,
        Optional<Protection> protection,
        String name,
        Facts head,
        Facts body) {

    /** What a line is about. */
    enum Kind {
        MESSAGE,
        RECORD
    }

    /**
     * Whether something is protected.
     *
     * @param keys their names, if they are known
     */
    record Protection(boolean isProtected, Optional<String> keys) {

        static final Protection NONE = new Protection(false, Optional.empty());

        static Protection by(Optional<String> keys) {
            return new Protection(keys.isPresent(), keys);
        }
    }
}
