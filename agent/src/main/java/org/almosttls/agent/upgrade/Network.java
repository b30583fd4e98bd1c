package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The network below a channel that is TLS. */
interface Network {

    int read(ByteBuffer destination) throws IOException;

    int write(ByteBuffer source) throws IOException;

    /** Whether reading and writing wait. */
    boolean waits() throws IOException;

    /** Whether reading, or else writing, would not wait; it has so long to become so. */
    boolean isReady(boolean reading, long millis) throws IOException;

    void shutdownOutput() throws IOException;

    void close() throws IOException;
}
