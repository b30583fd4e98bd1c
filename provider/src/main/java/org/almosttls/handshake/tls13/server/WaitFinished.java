package org.almosttls.handshake.tls13.server;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.DuringHandshake;
import org.almosttls.message.Finished;
import org.almosttls.registry.Role;

/** WAIT_FINISHED of RFC 8446 §A.2: the client proves that it saw the same handshake. */
record WaitFinished(Exchange exchange) implements DuringHandshake {

    @Override
    public Transition take(Received in) throws TlsAlertException {
        if (!(in.message() instanceof Finished finished)) throw unexpected(in);
        var proof = in.aligned();
        exchange.handshake().requireCorrect(finished, Role.CLIENT);
        return exchange.plus(in.bytes()).established(proof);
    }

    @Override
    public void close() {
        exchange.close();
    }
}
