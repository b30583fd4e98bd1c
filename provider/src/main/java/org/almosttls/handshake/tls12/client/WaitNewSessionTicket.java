package org.almosttls.handshake.tls12.client;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.Ticket;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.Secured;
import org.almosttls.handshake.tls12.TicketMessages;
import org.almosttls.message.NewSessionTicket;

/**
 * The server's hello has promised a ticket, which comes before its ChangeCipherSpec (RFC 5077 §3.3). Only its Finished
 * shows that the ticket is as it was sent.
 */
record WaitNewSessionTicket(Secured secured, After after) implements HandshakeState {

    /** The server's Finished is awaited next; the state owns the keys. */
    @FunctionalInterface
    interface After {
        HandshakeState with(Secured secured, Optional<Ticket> ticket);
    }

    /** RFC 5077 §3.3: a promised ticket must come, and one that was not promised must not. */
    static HandshakeState orNone(Secured secured, After after) {
        return secured.agreement().ticket()
                ? new WaitNewSessionTicket(secured, after)
                : new WaitChangeCipherSpec(secured, after.with(secured, Optional.empty()));
    }

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (!(in.message() instanceof NewSessionTicket message)) throw unexpected(in);
        var now = secured.agreement().config().clock().now();
        // RFC 5077 §3.3: it is included in the hash of the Finished messages.
        var next = secured.plus(in.bytes());
        return Transition.to(new WaitChangeCipherSpec(next, after.with(next, TicketMessages.ticket(message, now))));
    }

    @Override
    public void close() {
        secured.close();
    }
}
