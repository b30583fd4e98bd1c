package org.almosttls.interop;

import java.io.IOException;
import java.util.Optional;
import org.almosttls.alert.AlertDescription;

/** The other end of one connection; every question waits for its answer. */
interface Correspondent extends AutoCloseable {

    /** Where it listens, if it is a server. */
    int port();

    /** Sends a {@link Message}. */
    void send(String message) throws Exception;

    /** What it has received: the inside of the next message. */
    String received() throws Exception;

    /** The fatal alert that it has received. */
    AlertDescription alert() throws Exception;

    /** The application protocol that it says was agreed on; empty if none. */
    Optional<String> alpn() throws Exception;

    /** Says close_notify. */
    void finish() throws Exception;

    /** Whether the connection ended with our close_notify. */
    boolean heardCloseNotify() throws Exception;

    /** Ends the transport without close_notify. */
    void die() throws Exception;

    @Override
    void close() throws IOException;
}
