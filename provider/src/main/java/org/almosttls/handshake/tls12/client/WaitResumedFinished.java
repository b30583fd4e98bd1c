package org.almosttls.handshake.tls12.client;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.Ticket;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.Secured;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.Finished;
import org.almosttls.registry.Role;

/**
 * The server resumes a session and uses keys from its secret; it now proves that it has it, and the client answers in
 * kind (RFC 5246 §7.3, §7.4.9).
 */
record WaitResumedFinished(Secured secured, Optional<Ticket> ticket) implements HandshakeState {

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (!(in.message() instanceof Finished finished)) throw unexpected(in);
        try (secured) {
            secured.requireCorrect(finished, Role.SERVER);
            // RFC 5246 §7.4.9: here it is the client's Finished that covers the server's, as it came.
            var answer = secured.plus(in.bytes()).finished(Role.CLIENT);
            var connected = Transition.to(new Connected(secured.leaving(answer, finished)));
            return secured.resumed(secured.turning(connected, Role.CLIENT, EncodedMessage.of(answer)), ticket);
        }
    }

    @Override
    public void close() {
        secured.close();
    }
}
