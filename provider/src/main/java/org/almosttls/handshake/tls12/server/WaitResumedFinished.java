package org.almosttls.handshake.tls12.server;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.Secured;
import org.almosttls.message.Finished;
import org.almosttls.registry.Role;

/**
 * The server has resumed a session and said Finished; the client now proves that it has the session's secret, and saw the
 * same hellos (RFC 5246 §7.3, §7.4.9).
 */
record WaitResumedFinished(Secured secured, Finished own) implements HandshakeState {

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (!(in.message() instanceof Finished finished)) throw unexpected(in);
        try (secured) {
            secured.requireCorrect(finished, Role.CLIENT);
            return secured.resumed(Transition.to(new Connected(secured.leaving(finished, own))));
        }
    }

    @Override
    public void close() {
        secured.close();
    }
}
