package org.almosttls.handshake.tls13.server;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.TakenTicket;
import org.almosttls.config.Ticket;
import org.almosttls.extension.PskIdentity;
import org.almosttls.keyschedule.EarlySecret;
import org.almosttls.keyschedule.Hkdf;
import org.almosttls.registry.Tls13Suite;

/**
 * RFC 8446 §4.2.11: the session that a server goes on with, of those that the client offers. Owns its secret.
 *
 * @param identity which of the client's it is, counted from 0
 */
record Resumption(ResumableSession session, int identity) implements AutoCloseable {

    /** A client has few, and each that is looked at costs the server something. */
    private static final int MOST_LOOKED_AT = 4;

    /**
     * Nothing if a full handshake is due; else one whose binder is right.
     *
     * @param suite which is chosen before (RFC 8446 §4.2.11)
     */
    static Optional<Resumption> choose(ClientOffer offer, Tls13Suite suite) throws TlsAlertException {
        var offered = offer.preSharedKeys();
        if (offered.isEmpty()
                || !offer.takesTickets()
                || !offer.config().sessions().usesTickets()) return Optional.empty();
        var identities = offered.get().identities();
        for (int i = 0; i < Math.min(identities.size(), MOST_LOOKED_AT); i++) {
            var known = known(identities.get(i), offer, suite);
            if (known.isPresent()) return Optional.of(bound(new Resumption(known.get(), i), offer, suite));
        }
        return Optional.empty();
    }

    /** RFC 8446 §4.2.11: what is not known, or does not go with the suite, is passed over. */
    private static Optional<ResumableSession> known(PskIdentity identity, ClientOffer offer, Tls13Suite suite) {
        var taken = offer.config().sessions().take(identity.identity()).map(TakenTicket::session);
        boolean does = taken.isPresent() && willDo(taken.get(), identity, offer, suite);
        if (!does) taken.ifPresent(ResumableSession::close);
        return does ? taken : Optional.empty();
    }

    private static boolean willDo(ResumableSession known, PskIdentity identity, ClientOffer offer, Tls13Suite suite) {
        var session = known.session();
        var config = offer.config();
        var now = config.clock().now();
        return session.version().equals(offer.version())
                // RFC 8446 §4.6.1: only with a suite that has the same hash.
                && Tls13Suite.of(session.cipherSuite())
                        .filter(own -> own.hash() == suite.hash())
                        .isPresent()
                && known.isFor(offer.serverNames())
                && (config.clientAuthentication() != ClientAuthentication.NEED
                        || !session.peerChain().isEmpty())
                // RFC 8446 §4.2.11.1: a client that knows of it for longer than it exists has not been given it.
                && known.ticket()
                        .flatMap(Ticket::age)
                        .filter(age -> age.permits(identity.obfuscatedTicketAge(), now))
                        .isPresent();
    }

    /** RFC 8446 §4.2.11: the server must validate the binder, and end the handshake if it does not validate. */
    private static Resumption bound(Resumption chosen, ClientOffer offer, Tls13Suite suite) throws TlsAlertException {
        var offered = offer.preSharedKeys().orElseThrow();
        var hkdf = new Hkdf(offer.config().crypto(), suite.hash());
        byte[] seen = offer.transcript().truncated(offered.bindersLength()).hash(hkdf.crypto(), hkdf.hash());
        try (var early = chosen.early(hkdf);
                var key = early.resumptionBinderKey()) {
            Violation.WRONG_BINDER.unless(key.verifies(seen, offered.binders().get(chosen.identity)));
            return chosen;
        } catch (TlsAlertException | RuntimeException unable) {
            chosen.close();
            throw unable;
        }
    }

    EarlySecret early(Hkdf hkdf) {
        return EarlySecret.of(hkdf, session.master());
    }

    @Override
    public void close() {
        session.close();
    }
}
