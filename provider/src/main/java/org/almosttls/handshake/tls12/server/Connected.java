package org.almosttls.handshake.tls12.server;

import java.util.Optional;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.Renegotiation;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EncodedMessage;
import org.almosttls.message.HelloRequest;

/**
 * Application data flows. The client may wish for another handshake (RFC 5246 §7.4.1.2); where that is not to be, it is
 * refused with a warning (RFC 5746 §4.5), but not without end.
 */
record Connected(Renegotiation past) implements HandshakeState {

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (!(in.message() instanceof ClientHello)) throw unexpected(in);
        if (past.heedsPeer()) return begin(past.heeding(), in);
        return Transition.to(new Connected(past.refusing())).warn(AlertDescription.NO_RENEGOTIATION);
    }

    /** The same connection's next handshake, which begins with this hello. */
    static Transition begin(Renegotiation past, Received in) throws TlsAlertException {
        return past.begin().next().receive(in).reopen();
    }

    /** RFC 5246 §7.4.1.1: a server can but ask. */
    @Override
    public Optional<Transition> again() {
        if (!past.isPossible()) return Optional.empty();
        return Optional.of(Transition.to(new WaitRenewal(past)).reopen().send(EncodedMessage.of(new HelloRequest())));
    }
}
