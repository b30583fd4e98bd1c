package org.almosttls.handshake.tls13.server;

import java.util.List;
import java.util.Optional;
import org.almosttls.handshake.Completion;
import org.almosttls.handshake.tls13.EarlyKeys;
import org.almosttls.message.EncodedMessage;

/** What the server answers to ClientHello, first in the clear and then encrypted, and what it keeps of it. */
record ServerFlight(
        List<EncodedMessage> hello, List<EncodedMessage> encrypted, Exchange exchange, Optional<TakenEarly> early)
        implements Completion {

    /**
     * The early data that is taken.
     *
     * @param most octets of it
     */
    record TakenEarly(EarlyKeys keys, long most) {}

    ServerFlight with(Optional<TakenEarly> taken) {
        return new ServerFlight(hello, encrypted, exchange, taken);
    }

    @Override
    public void close() {
        early.ifPresent(taken -> taken.keys.close());
        exchange.close();
    }
}
