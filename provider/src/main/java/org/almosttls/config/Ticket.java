package org.almosttls.config;

import java.time.Instant;
import java.util.Optional;

/**
 * RFC 5077, RFC 8446 §4.6.1: the state of a session, which only the server that made it can read, for the client to keep.
 *
 * @param octets empty if there is none to be had
 * @param until when it is of no more use; empty if nobody says
 * @param age of a ticket of TLS 1.3, which has a secret of its own and is shown once; no other has one
 * @param earlyOctets RFC 8446 §4.6.1: how much data may be sent with it before the server answers; 0 for none
 */
public record Ticket(byte[] octets, Optional<Instant> until, Optional<TicketAge> age, long earlyOctets) {

    public Ticket(byte[] octets, Optional<Instant> until) {
        this(octets, until, Optional.empty());
    }

    public Ticket(byte[] octets, Optional<Instant> until, Optional<TicketAge> age) {
        this(octets, until, age, 0);
    }
}
