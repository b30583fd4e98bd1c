package org.almosttls.handshake.tls12.server;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.Flight;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.Secured;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.Finished;
import org.almosttls.registry.Role;

/** The client uses the new keys; it now proves that it saw the same handshake, and the server answers in kind. */
record WaitFinished(Secured secured) implements HandshakeState {

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (!(in.message() instanceof Finished finished)) throw unexpected(in);
        try (secured) {
            secured.requireCorrect(finished, Role.CLIENT);
            // RFC 5246 §7.4.9: the server's Finished covers the client's, as it came.
            var seen = Flight.after(secured.plus(in.bytes()).transcript());
            var flight = PromisedTicket.in(seen, secured.agreement(), secured.resumable());
            var answer = secured.at(flight.transcript()).finished(Role.SERVER);
            var sent = flight.sentBy(Transition.to(new Connected(secured.leaving(finished, answer))));
            return secured.established(secured.turning(sent, Role.SERVER, EncodedMessage.of(answer)));
        }
    }

    @Override
    public void close() {
        secured.close();
    }
}
