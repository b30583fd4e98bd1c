package org.almosttls.handshake.tls13.server;

import org.almosttls.handshake.PeerProof;
import org.almosttls.handshake.tls13.DuringHandshake;

/** What is true while the client owes one of its messages. */
interface AwaitingClient extends DuringHandshake {

    Inquiry inquiry();

    @Override
    default PeerProof peerProof() {
        return inquiry().peerProof();
    }

    @Override
    default void close() {
        inquiry().close();
    }
}
