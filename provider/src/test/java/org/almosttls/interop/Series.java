package org.almosttls.interop;

import java.io.IOException;

/** The other stack in several connections, one after the other, between which it keeps its sessions. */
interface Series extends AutoCloseable {

    /** Where it listens, if it is a server. */
    int port();

    /** As a server, the end of whichever connection comes next; as a client, a call to this port. */
    Correspondent next(int port) throws Exception;

    @Override
    void close() throws IOException;
}
