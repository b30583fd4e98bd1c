package org.almosttls.handshake.tls12.client;

import java.util.Optional;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls12.Renegotiation;
import org.almosttls.message.HelloRequest;

/**
 * Application data flows. The server may wish for another handshake (RFC 5246 §7.4.1.1); where that is not to be, it is
 * refused with a warning (RFC 5746 §4.5), but not without end.
 */
record Connected(Renegotiation past) implements HandshakeState {

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (!(in.message() instanceof HelloRequest)) throw unexpected(in);
        if (past.heedsPeer()) return new Connected(past.heeding()).begin();
        return Transition.to(new Connected(past.refusing())).warn(AlertDescription.NO_RENEGOTIATION);
    }

    @Override
    public Optional<Transition> again() throws TlsAlertException {
        return past.isPossible() ? Optional.of(begin()) : Optional.empty();
    }

    private Transition begin() throws TlsAlertException {
        return past.begin().wrapping(hellos -> new WaitConsent(hellos, this)).reopen();
    }
}
