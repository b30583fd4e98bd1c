package org.almosttls.handshake;

/** What delegated work came to; each state defines its own. */
public interface Completion {

    /** Erases the secrets in it; called if the connection has ended before or in {@link HandshakeState#resume}. */
    default void close() {}
}
