package org.almosttls.interop;

import java.io.IOException;

/** The other stack in several connections, one after the other, between which it keeps its sessions. */
interface Series extends AutoCloseable {

    /** Where it listens, if it is a server. */
    int port();

    /** As a server, the end of whichever connection comes next; as a client, a call to this port. */
    Correspondent next(int port) throws Exception;

    /** Whether it ends its first connection by itself, without a word in it, and calls again at once. */
    default boolean comesBackByItself() {
        return false;
    }

    @Override
    void close() throws IOException;

    /** A server that a program is. */
    static Series of(CommandLinePeer server) {
        return new Series() {
            @Override
            public int port() {
                return server.port();
            }

            @Override
            public Correspondent next(int unused) {
                return server.kept();
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }
}
