package org.almosttls.api;

import java.io.IOException;
import java.time.Duration;

/** What sockets of this provider can do beyond {@link Heartbeat}, since they have a transport to wait for. */
public interface SocketHeartbeat extends Heartbeat {

    /**
     * Waits for the answer. If no other thread reads, this one does: then application data that comes first is a sign of
     * life as well, and is kept for the next read.
     *
     * @param limit how long to wait; data that came before the question has to be read before the answer can be
     * @return whether the peer has given a sign of life, also if it owes none; false after so long without any, or if it
     *     sends no more
     */
    boolean awaitHeartbeat(Duration limit) throws IOException;

    /**
     * From the next read on, has whoever waits in it ask the peer when it has been silent for so long, and end the
     * connection by an {@code SSLException} when it stays silent for as long again. What {@code heartbeat=30s} is for all
     * sockets this is for one.
     *
     * @param idle at least a second (RFC 6520 §5.2), or zero for never
     */
    void setHeartbeatInterval(Duration idle);
}
