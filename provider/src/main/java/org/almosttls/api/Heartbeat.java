package org.almosttls.api;

import java.io.IOException;

/**
 * RFC 6520: whether the peer is still there. Engines and sockets of this provider have it; heartbeats must be asked for
 * ({@code -Dalmosttls.heartbeat=true}) and the peer must have them too.
 */
public interface Heartbeat {

    /** Whether the peer may be asked now: the handshake is finished, both ends have heartbeats and the peer allows it. */
    boolean mayAskHeartbeat();

    /**
     * Asks the peer. A socket sends the request at once, an engine with its next {@code wrap}. The peer answers when its
     * application reads, and the answer is seen when this end reads.
     *
     * @param payloadLength how many octets of payload the peer has to send back; the message must fit one record
     * @return whether it is asked now: not if it may not be, nor while it owes another answer
     * @throws IllegalArgumentException if so many octets do not fit
     * @throws IOException if the connection is over
     */
    boolean askHeartbeat(int payloadLength) throws IOException;

    /** Whether the peer was asked and has not answered yet; a handshake that begins meanwhile ends the question. */
    boolean isHeartbeatDue();
}
