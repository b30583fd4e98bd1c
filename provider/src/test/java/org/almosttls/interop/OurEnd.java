package org.almosttls.interop;

import java.io.IOException;
import javax.net.ssl.SSLSession;

/** Our end of one connection. */
interface OurEnd extends AutoCloseable {

    /** Where it listens, if it is a server. */
    int port();

    /** A server waits for its client first. */
    void handshake() throws IOException;

    SSLSession session();

    /** As {@code SSLSocket.getApplicationProtocol} has it. */
    String alpn();

    void write(byte[] data) throws IOException;

    /** Exactly so many octets, fewer only if the peer sends no more. */
    byte[] read(int count) throws IOException;

    /** Says close_notify and closes the transport. */
    @Override
    void close() throws IOException;
}
