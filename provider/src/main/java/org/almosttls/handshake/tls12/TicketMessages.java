package org.almosttls.handshake.tls12;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.almosttls.config.Ticket;
import org.almosttls.message.NewSessionTicket;

/** RFC 5077 §3.3: between tickets as they are kept and as they are sent. */
public final class TicketMessages {

    /** Larger ones are not kept: the client's memory and its next hello are its own. */
    static final int MOST_OCTETS = 0x4000;

    private static final long MOST_SECONDS = 0xFFFF_FFFFL;

    private TicketMessages() {}

    public static NewSessionTicket message(Ticket ticket, Instant now) {
        return new NewSessionTicket(
                ticket.until().map(until -> secondsTo(until, now)).orElse(0L), ticket.octets());
    }

    /** Never 0, which would say that the lifetime is unspecified. */
    private static long secondsTo(Instant until, Instant now) {
        return Math.max(1, Math.min(MOST_SECONDS, Duration.between(now, until).toSeconds()));
    }

    /** Nothing if the server gave none after all. */
    public static Optional<Ticket> ticket(NewSessionTicket message, Instant now) {
        int length = message.ticket().length;
        if (length == 0 || length > MOST_OCTETS) return Optional.empty();
        // RFC 5077 §3.3: zero is reserved for a lifetime that is unspecified.
        var until = Optional.of(message.lifetimeHint()).filter(hint -> hint > 0).map(now::plusSeconds);
        return Optional.of(new Ticket(message.ticket(), until));
    }
}
