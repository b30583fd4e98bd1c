package org.almosttls.handshake.tls12.server;

import org.almosttls.config.ResumableSession;
import org.almosttls.handshake.Flight;
import org.almosttls.handshake.tls12.Agreement;
import org.almosttls.handshake.tls12.TicketMessages;

/** RFC 5077 §3.3: what the server has promised in its hello, and sends before its ChangeCipherSpec. */
final class PromisedTicket {

    private PromisedTicket() {}

    /** @param session stays its owner's to close */
    static Flight in(Flight flight, Agreement agreement, ResumableSession session) {
        if (!agreement.ticket()) return flight;
        var config = agreement.config();
        var ticket = config.sessions().issue(session);
        return flight.plus(TicketMessages.message(ticket, config.clock().now()));
    }
}
