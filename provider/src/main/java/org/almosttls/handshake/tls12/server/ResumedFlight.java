package org.almosttls.handshake.tls12.server;

import org.almosttls.handshake.Completion;
import org.almosttls.handshake.Flight;
import org.almosttls.handshake.tls12.Secured;

/** The hello by which the server resumes a session (RFC 5246 §7.3), and the keys that come of it. */
record ResumedFlight(Flight flight, Secured secured) implements Completion {

    @Override
    public void close() {
        secured.close();
    }
}
