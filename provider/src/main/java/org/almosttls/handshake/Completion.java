package org.almosttls.handshake;

/** What delegated work came to; each state defines its own. */
public interface Completion {

    /** Erases the secrets in it; called instead of {@link HandshakeState#resume} if the connection has ended meanwhile. */
    default void close() {}
}
