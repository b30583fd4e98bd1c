package org.almosttls.agent.observe;

import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent;

/** Something that happened on a connection, as it was seen; what it says is decoded when somebody wants to hear of it. */
sealed interface Seen {

    /** A handshake message that is whole. */
    record Message(Direction direction, byte[] octets) implements Seen {

        int type() {
            return octets[0] & 0xFF;
        }
    }

    /** A handshake is done. */
    record Done(Established as, boolean isFirst) implements Seen {}

    /** What needs no finding out. */
    record Event(TlsEvent event) implements Seen {}
}
