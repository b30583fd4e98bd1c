package org.almosttls.handshake.tls13.server;

import java.security.cert.X509Certificate;
import java.util.List;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.handshake.Authenticated;
import org.almosttls.handshake.Transition;
import org.almosttls.handshake.tls13.Agreement;
import org.almosttls.handshake.tls13.ApplicationKeys;
import org.almosttls.handshake.tls13.Encrypted;
import org.almosttls.record.Aligned;
import org.almosttls.registry.Role;

/**
 * A handshake whose server has said its part, and awaits the client's. Owns all keys but those by which this end sends.
 *
 * @param keys derived when the server's Finished was the last message
 * @param tickets how many the client is given
 */
record Exchange(Encrypted handshake, ApplicationKeys keys, Authenticated authenticated, int tickets)
        implements AutoCloseable {

    Exchange plus(byte[] message) {
        return new Exchange(handshake.plus(message), keys, authenticated, tickets);
    }

    Exchange withPeer(List<X509Certificate> chain) {
        return new Exchange(handshake, keys, authenticated.withPeer(chain), tickets);
    }

    Agreement agreement() {
        return handshake.agreement();
    }

    /** RFC 8446 §4.4.4: the client is done too. */
    Transition established(Aligned proof) {
        try (handshake) {
            var session = agreement().session(authenticated);
            var transition = Transition.to(new Connected(keys.receivedFrom(Role.CLIENT)))
                    .protectReads(keys.opening(Role.CLIENT), proof);
            if (tickets > 0) give(session, transition);
            return transition.export(keys.exporting()).establish(session);
        } finally {
            keys.master().close();
        }
    }

    private void give(NegotiatedSession session, Transition transition) {
        try (var secret = keys.master().resumptionMasterSecret(agreement().hash(handshake.transcript()))) {
            new GivenTickets(agreement().config(), session).sentBy(transition, secret, tickets);
        }
    }

    @Override
    public void close() {
        handshake.close();
        keys.close();
    }
}
