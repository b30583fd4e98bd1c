package org.almosttls.handshake.tls13.server;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.message.Finished;

/** WAIT_FINISHED of RFC 8446 §A.2: the client proves that it saw the same handshake. */
record WaitFinished(Inquiry inquiry) implements AwaitingClient {

    @Override
    public Transition take(Received in) throws TlsAlertException {
        if (!(in.message() instanceof Finished finished)) throw unexpected(in);
        return inquiry.onFinished(finished, in);
    }
}
