package org.almosttls.config;

import java.time.Instant;
import java.util.Optional;

/**
 * RFC 5077: the state of a session, which only the server that made it can read, for the client to keep.
 *
 * @param octets empty if there is none to be had
 * @param until when it is of no more use; empty if nobody says
 */
public record Ticket(byte[] octets, Optional<Instant> until) {}
