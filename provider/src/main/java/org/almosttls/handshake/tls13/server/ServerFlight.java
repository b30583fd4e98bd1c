package org.almosttls.handshake.tls13.server;

import java.util.List;
import org.almosttls.handshake.Completion;
import org.almosttls.message.EncodedMessage;

/** What the server answers to ClientHello, first in the clear and then encrypted, and what it keeps of it. */
record ServerFlight(List<EncodedMessage> hello, List<EncodedMessage> encrypted, Exchange exchange)
        implements Completion {

    @Override
    public void close() {
        exchange.close();
    }
}
