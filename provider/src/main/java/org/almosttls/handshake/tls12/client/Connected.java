package org.almosttls.handshake.tls12.client;

import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.message.HelloRequest;

/** Application data flows. A wish to renegotiate is refused (RFC 5746 §4.5), but not without end. */
record Connected(int refusals) implements HandshakeState {

    static final Connected FRESH = new Connected(0);

    private static final int MOST = 8;

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        if (!(in.message() instanceof HelloRequest)) throw unexpected(in);
        Violation.TOO_MANY_RENEGOTIATIONS.when(refusals == MOST);
        return Transition.to(new Connected(refusals + 1)).warn(AlertDescription.NO_RENEGOTIATION);
    }
}
