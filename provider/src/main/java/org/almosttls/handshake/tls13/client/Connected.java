package org.almosttls.handshake.tls13.client;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.ReceivingKeys;
import org.almosttls.message.CertificateRequest13;
import org.almosttls.message.KeyUpdate;
import org.almosttls.message.NewSessionTicket13;

/**
 * CONNECTED of RFC 8446 §A.1: application data flows; tickets and new keys may come, and requests for a certificate
 * (§4.6).
 *
 * @param late nothing if the server may not ask
 */
record Connected(ReceivingKeys receiving, Optional<ReceivedTickets> tickets, Optional<LateProof> late)
        implements HandshakeState {

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (in.message() instanceof NewSessionTicket13 ticket) return onTicket(ticket);
        if (in.message() instanceof KeyUpdate update)
            return receiving.onKeyUpdate(update, in, next -> new Connected(next, tickets, late));
        // RFC 8446 §4.6.2: who has not offered post_handshake_auth must refuse it.
        if (in.message() instanceof CertificateRequest13 request && late.isPresent()) return onRequest(request, in);
        throw unexpected(in);
    }

    private Transition onTicket(NewSessionTicket13 ticket) throws TlsAlertException {
        ReceivedTickets.require(ticket);
        var transition = Transition.to(this);
        return tickets.map(all -> all.keptBy(transition, ticket)).orElse(transition);
    }

    /** RFC 8446 §4.6.2: somebody may have to be asked, so data goes on to come meanwhile. */
    private Transition onRequest(CertificateRequest13 request, Received in) throws TlsAlertException {
        var wanted = WantedCertificate.of(request);
        var asked = late.orElseThrow().after(request);
        var seen = asked.with(in.bytes());
        return Transition.to(new Connected(receiving, tickets, Optional.of(asked)))
                .delegateAside(() -> ClientFlight.make(seen, wanted));
    }

    @Override
    public Transition resume(Completion completion) {
        var answer = (ClientFlight) completion;
        var answered = late.orElseThrow().after(answer);
        var session = answered.session();
        var next = new Connected(receiving, tickets.map(all -> all.of(session)), Optional.of(answered));
        return Transition.to(next).answer(() -> answered.messages(answer)).identify(session);
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
