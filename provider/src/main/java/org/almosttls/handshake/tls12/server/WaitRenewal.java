package org.almosttls.handshake.tls12.server;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.Renegotiation;
import org.almosttls.message.ClientHello;

/**
 * The server has sent HelloRequest, and does not repeat it (RFC 5246 §7.4.1.1); the client begins another handshake,
 * declines by a warning, or does as if it had not heard.
 */
record WaitRenewal(Renegotiation past) implements HandshakeState {

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (!(in.message() instanceof ClientHello)) throw unexpected(in);
        return Connected.begin(past, in);
    }

    @Override
    public Optional<Transition> declined() {
        return Optional.of(Transition.to(new Connected(past)).settle());
    }
}
