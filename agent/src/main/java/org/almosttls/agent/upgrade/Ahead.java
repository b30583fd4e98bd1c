package org.almosttls.agent.upgrade;

/** What a read would get that the network does not tell of. */
enum Ahead {
    NOTHING,
    SOMETHING,
    /** Another thread reads. */
    UNKNOWN
}
