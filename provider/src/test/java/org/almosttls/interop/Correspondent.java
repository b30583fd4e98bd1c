package org.almosttls.interop;

import java.io.IOException;
import java.util.Optional;

/** The other end of one connection; every question waits for its answer. */
interface Correspondent extends AutoCloseable {

    /** Where it listens, if it is a server. */
    int port();

    /** Whether it sends back what it receives, and nothing else. */
    default boolean echoes() {
        return false;
    }

    /** Sends a {@link Message}. */
    void send(String message) throws Exception;

    /** What it has received: the inside of the next message. */
    String received() throws Exception;

    /** The fatal alert that it has received. */
    String alert() throws Exception;

    /** The application protocol that it says was agreed on; empty if none. */
    Optional<String> alpn() throws Exception;

    /** Says close_notify. */
    void finish() throws Exception;

    /** Waits until our close_notify has ended the connection; an error if it ends otherwise. */
    void awaitCloseNotify() throws Exception;

    /** Ends the transport without close_notify. */
    void die() throws Exception;

    @Override
    void close() throws IOException;
}
