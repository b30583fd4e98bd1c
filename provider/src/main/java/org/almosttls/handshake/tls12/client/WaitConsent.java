package org.almosttls.handshake.tls12.client;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.message.HelloRequest;

/**
 * The client has begun another handshake. The server goes on with it, or declines by a warning (RFC 5246 §7.2.2), and
 * then all stays as it was.
 */
record WaitConsent(HandshakeState hellos, Connected before) implements HandshakeState {

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        var transition = hellos.receive(in);
        boolean silent = in.message() instanceof HelloRequest;
        return silent ? transition.wrapping(next -> new WaitConsent(next, before)) : transition;
    }

    @Override
    public Optional<Transition> declined() {
        hellos.close();
        return Optional.of(Transition.to(before).settle());
    }

    @Override
    public void close() {
        hellos.close();
    }
}
