package org.almosttls.engine;

/** What a call to {@link TlsConnection#receive} or {@link TlsConnection#send} came to; buffers tell how much. */
public enum Progress {
    /** One record was received or sent, or there was nothing to do. */
    DONE,
    /** Receiving: the network buffer does not hold a whole record; nothing was consumed. */
    NEED_INPUT,
    /** The destination has too little room; nothing was consumed. */
    NEED_ROOM,
    /** This direction is closed. */
    CLOSED
}
