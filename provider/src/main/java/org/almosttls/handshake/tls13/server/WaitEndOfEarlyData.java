package org.almosttls.handshake.tls13.server;

import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.DuringHandshake;
import org.almosttls.message.EndOfEarlyData;

/** WAIT_EOED of RFC 8446 §A.2: early data comes under keys of its own, until the client says that it was all. */
record WaitEndOfEarlyData(Exchange exchange) implements DuringHandshake {

    @Override
    public Transition take(Received in) throws TlsAlertException {
        if (!(in.message() instanceof EndOfEarlyData)) throw unexpected(in);
        var proof = in.aligned();
        var seen = exchange.plus(in.bytes());
        return Transition.to(new WaitFinished(seen))
                .protectReads(seen.handshake().openingClients(), proof);
    }

    @Override
    public void close() {
        exchange.close();
    }
}
