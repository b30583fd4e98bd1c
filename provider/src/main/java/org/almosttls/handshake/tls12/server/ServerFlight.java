package org.almosttls.handshake.tls12.server;

import org.almosttls.handshake.Completion;
import org.almosttls.handshake.Flight;

/** What the server answers to ClientHello, and what it keeps of it. */
record ServerFlight(Flight flight, Exchange exchange) implements Completion {

    @Override
    public void close() {
        exchange.close();
    }
}
