package org.almosttls.handshake.tls13.server;

import java.security.cert.X509Certificate;
import java.util.List;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.handshake.PeerProof;
import org.almosttls.handshake.Received;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.Agreement;
import org.almosttls.handshake.tls13.Seen;
import org.almosttls.message.Finished;

/** A client that owes the messages of RFC 8446 §4.4: at the end of the handshake, or later where it was asked. */
sealed interface Inquiry extends AutoCloseable permits Exchange, LateExchange {

    Seen seen();

    /** RFC 8446 §4.3.2: of the request. */
    byte[] requestContext();

    /** Who the client says it is; empty if it does not. */
    List<X509Certificate> peerChain();

    /** How it stands with what was asked after the handshake. */
    PeerProof peerProof();

    Inquiry plus(byte[] message);

    Inquiry withPeer(List<X509Certificate> chain);

    /** RFC 8446 §4.4.4: the last of them. */
    Transition onFinished(Finished finished, Received in) throws TlsAlertException;

    default Agreement agreement() {
        return seen().agreement();
    }

    @Override
    void close();
}
