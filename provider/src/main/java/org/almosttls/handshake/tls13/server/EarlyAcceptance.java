package org.almosttls.handshake.tls13.server;

import org.almosttls.config.HandshakeFacts;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.Ticket;
import org.almosttls.extension.EarlyData;

/** RFC 8446 §4.2.10, §8: whether a server takes the data that a client sends with its hello. */
record EarlyAcceptance(ClientOffer offer, ChosenKey known) {

    /** To be asked once: the ticket is used up. */
    boolean accepts(HandshakeFacts agreed) {
        // RFC 8446 §4.1.4: after HelloRetryRequest there is none.
        return offer.has(EarlyData.class)
                && offer.retried().isEmpty()
                && offer.config().early().most() > 0
                // RFC 8446 §4.2.10: it is protected under the first key of the client's.
                && known.identity() == 0
                && known.by()
                        .session()
                        .filter(session -> isSame(session, agreed))
                        .isPresent()
                && most() > 0
                && isFresh()
                && offer.config()
                        .early()
                        .register()
                        .use(identity(), offer.config().clock().now());
    }

    /** RFC 8446 §4.2.10: as when the session began; version and name are checked for any resumption. */
    private static boolean isSame(NegotiatedSession session, HandshakeFacts agreed) {
        return session.cipherSuite().equals(agreed.cipherSuite())
                && session.applicationProtocol().equals(agreed.applicationProtocol());
    }

    /** RFC 8446 §8.3: a hello that was held back is not taken for one of now. */
    private boolean isFresh() {
        var claimed = offer.preSharedKeys().orElseThrow().identities().get(0).obfuscatedTicketAge();
        return known.ticket()
                .flatMap(Ticket::age)
                .filter(age -> age.isAbout(claimed, offer.config().clock().now()))
                .isPresent();
    }

    /** What the ticket says; it may be less than what tickets say now. */
    long most() {
        return known.ticket().map(Ticket::earlyOctets).orElse(0L);
    }

    private byte[] identity() {
        return offer.preSharedKeys().orElseThrow().identities().get(0).identity();
    }
}
