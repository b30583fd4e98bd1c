package org.almosttls.event;

/** Which way something went, seen from this end. */
public enum Direction {
    SENT,
    RECEIVED
}
