package org.almosttls.handshake.tls12.server;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.Secured;
import org.almosttls.message.ChangeCipherSpec;
import org.almosttls.registry.Role;

/**
 * The keys exist, so the peer may turn to them (RFC 5246 §7.1); a ChangeCipherSpec that comes before is met by a state
 * that knows no keys and does not take it.
 *
 * @param next what may come under those keys; has the same keys, and owns them
 */
record WaitChangeCipherSpec(Secured secured, HandshakeState next) implements HandshakeState {

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (!(in.message() instanceof ChangeCipherSpec)) throw unexpected(in);
        return Transition.to(next).protectReads(secured.opening(Role.CLIENT), in.aligned());
    }

    @Override
    public void close() {
        next.close();
    }
}
