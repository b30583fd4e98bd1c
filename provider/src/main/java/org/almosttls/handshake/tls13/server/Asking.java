package org.almosttls.handshake.tls13.server;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.TlsConfig;
import org.almosttls.handshake.tls13.Seen;
import org.almosttls.message.CertificateRequest13;
import org.almosttls.message.EncodedMessage;

/**
 * RFC 8446 §4.6.2: what a server needs to ask a client that permits it who it is, after the handshake. Owns the secret of
 * the tickets.
 *
 * @param handshake up to and including the client's Finished
 * @param tickets those that are given when the client has said it, if any are
 * @param due the request that the client has not answered yet: one at a time, as one answer does for all who ask
 */
record Asking(Seen handshake, NegotiatedSession session, Optional<GivenTickets> tickets, Optional<Request> due)
        implements AutoCloseable {

    private static final int CONTEXT_LENGTH = 32;

    /** @param seen up to and including the request, and what this end wants by now */
    record Request(byte[] context, Seen seen) {}

    Asking(Seen handshake, NegotiatedSession session, Optional<GivenTickets> tickets) {
        this(handshake, session, tickets, Optional.empty());
    }

    /** A request, and this with it due. */
    record Asked(EncodedMessage message, Asking now) {}

    Asked ask(TlsConfig wanted) throws TlsAlertException {
        var agreed = handshake.agreement().with(wanted);
        // RFC 8446 §4.3.2: unique within the connection, and nothing that the client can know before.
        byte[] context = agreed.config().randomOctets(CONTEXT_LENGTH);
        var message = EncodedMessage.of(new CertificateRequest13(context, AskedCertificate.of(agreed.config())));
        var request = new Request(context, new Seen(agreed, handshake.transcript()).plus(message.bytes()));
        return new Asked(message, new Asking(handshake, session, tickets, Optional.of(request)));
    }

    /** The client has said who it is. */
    Asking answered(NegotiatedSession by) {
        return new Asking(handshake, by, tickets.map(GivenTickets::afterOneRound));
    }

    /** The client does not say who it is, and so stays who it was. */
    Asking declined() {
        // Another session all the same, for who tells them apart by that.
        return new Asking(handshake, session.withId(session.id()), tickets);
    }

    @Override
    public void close() {
        tickets.ifPresent(GivenTickets::close);
    }
}
