package org.almosttls.handshake.tls12.client;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.Ticket;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.Secured;
import org.almosttls.message.Finished;
import org.almosttls.registry.Role;

/** The server uses the new keys; it now proves that it saw the same handshake (RFC 5246 §7.4.9). */
record WaitFinished(Secured secured, Finished own, Optional<Ticket> ticket) implements HandshakeState {

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (!(in.message() instanceof Finished finished)) throw unexpected(in);
        try (secured) {
            secured.requireCorrect(finished, Role.SERVER);
            return secured.established(Transition.to(new Connected(secured.leaving(own, finished))), ticket);
        }
    }

    @Override
    public void close() {
        secured.close();
    }
}
