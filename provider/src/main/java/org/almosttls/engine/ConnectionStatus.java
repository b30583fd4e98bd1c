package org.almosttls.engine;

/** What a connection needs next. */
public enum ConnectionStatus {
    /** {@link TlsConnection#start} has not been called. */
    NOT_STARTED,
    /** {@link TlsConnection#nextTask} has work to run, or it runs now. */
    NEED_TASK,
    /** {@link TlsConnection#send} has something to send that is not application data. */
    NEED_SEND,
    /** The handshake waits for the peer; in one that follows another, application data may flow all the same. */
    NEED_RECEIVE,
    /** Application data may flow, in whichever direction is not closed. */
    READY,
    /** Nothing more will be sent or received. */
    CLOSED
}
