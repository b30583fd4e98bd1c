package org.almosttls.handshake.almost.server;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.HandshakeState;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;

/** Data flows; there is nothing more to say (AlmostTLSv1 §3). */
record Connected() implements HandshakeState {

    @Override
    public Transition receive(Received in) throws TlsAlertException {
        throw unexpected(in);
    }
}
