package org.almosttls.handshake.tls13.client;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.ReceivingKeys;
import org.almosttls.message.KeyUpdate;
import org.almosttls.message.NewSessionTicket13;

/** CONNECTED of RFC 8446 §A.1: application data flows; tickets and new keys may come (§4.6). */
record Connected(ReceivingKeys receiving, Optional<ReceivedTickets> tickets) implements HandshakeState {

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (in.message() instanceof NewSessionTicket13 ticket) return onTicket(ticket);
        if (in.message() instanceof KeyUpdate update)
            return receiving.onKeyUpdate(update, in, next -> new Connected(next, tickets));
        throw unexpected(in);
    }

    private Transition onTicket(NewSessionTicket13 ticket) throws TlsAlertException {
        ReceivedTickets.require(ticket);
        var transition = Transition.to(this);
        return tickets.map(all -> all.keptBy(transition, ticket)).orElse(transition);
    }

    /** RFC 8446 §4.6.3: there is no other handshake, but new keys for both directions. */
    @Override
    public Optional<Transition> again() {
        return Optional.of(Transition.to(this).updateWrites(true));
    }

    @Override
    public void close() {
        receiving.close();
        tickets.ifPresent(ReceivedTickets::close);
    }
}
