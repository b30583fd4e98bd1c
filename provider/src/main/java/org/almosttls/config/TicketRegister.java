package org.almosttls.config;

import java.time.Instant;

/** RFC 8446 §8.1: the tickets of a server that early data may come with, each for one use. */
public interface TicketRegister {

    /** This ticket is given to a client, and is of use until then. */
    void give(byte[] ticket, Instant until);

    /** Whether it was given here, is still of use, and was not used before; from now on it was. */
    boolean use(byte[] ticket, Instant now);

    /** Knows of no ticket. */
    static TicketRegister none() {
        return new TicketRegister() {
            @Override
            public void give(byte[] ticket, Instant until) {}

            @Override
            public boolean use(byte[] ticket, Instant now) {
                return false;
            }
        };
    }
}
