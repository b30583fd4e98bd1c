package org.almosttls.handshake.tls13.server;

import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.ExternalKey;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.TakenTicket;
import org.almosttls.config.Ticket;
import org.almosttls.crypto.Secret;
import org.almosttls.extension.PskIdentity;
import org.almosttls.handshake.tls13.Acquaintance;
import org.almosttls.keyschedule.EarlySecret;
import org.almosttls.keyschedule.Hkdf;
import org.almosttls.registry.Tls13Suite;

/**
 * RFC 8446 §4.2.11: the pre-shared key that a server goes on from, of those that the client offers. Owns it.
 *
 * @param identity which of the client's it is, counted from 0
 * @param ticket of the session, as it was when this server gave it
 */
record ChosenKey(Secret key, Acquaintance by, int identity, Optional<Ticket> ticket) implements AutoCloseable {

    /** A client has few, and each that is looked at costs the server something. */
    static final int MOST_LOOKED_AT = 4;

    /**
     * Nothing if certificates are due; else the first that is known, if its binder is right.
     *
     * @param suite which is chosen before (RFC 8446 §4.2.11)
     */
    static Optional<ChosenKey> choose(ClientOffer offer, Tls13Suite suite) throws TlsAlertException {
        for (int i = 0; i < offer.usableKeys(); i++) {
            var known = known(offer, i, suite);
            if (known.isPresent()) return Optional.of(bound(known.get(), offer, suite));
        }
        return Optional.empty();
    }

    /** RFC 8446 §4.2.11: what is not known, or does not go with the suite, is passed over. */
    private static Optional<ChosenKey> known(ClientOffer offer, int number, Tls13Suite suite) {
        var identity = offer.preSharedKeys().orElseThrow().identities().get(number);
        return session(identity, offer, suite)
                .map(session ->
                        new ChosenKey(session.master(), Acquaintance.from(session.session()), number, session.ticket()))
                .or(() -> external(identity.identity(), offer, suite)
                        .map(key ->
                                new ChosenKey(key, Acquaintance.byKey(identity.identity()), number, Optional.empty())));
    }

    private static Optional<ResumableSession> session(PskIdentity identity, ClientOffer offer, Tls13Suite suite) {
        if (!offer.config().sessions().usesTickets()) return Optional.empty();
        var taken = offer.config().sessions().take(identity.identity()).map(TakenTicket::session);
        boolean does = taken.isPresent() && willDo(taken.get(), identity, offer, suite);
        if (!does) taken.ifPresent(ResumableSession::close);
        return does ? taken : Optional.empty();
    }

    /** RFC 8446 §2.2; a connection that must make no session has none of these. */
    private static Optional<Secret> external(byte[] identity, ClientOffer offer, Tls13Suite suite) {
        var credentials = offer.config().credentials();
        return credentials.externalHashes().contains(suite.hash()) && offer.mayBegin()
                ? credentials.externalKey(identity, suite.hash()).map(ExternalKey::requireLength)
                : Optional.empty();
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
    private static ChosenKey bound(ChosenKey chosen, ClientOffer offer, Tls13Suite suite) throws TlsAlertException {
        var offered = offer.preSharedKeys().orElseThrow();
        var hkdf = new Hkdf(offer.config().crypto(), suite.hash());
        byte[] seen = offer.transcript().truncated(offered.bindersLength()).hash(hkdf.crypto(), hkdf.hash());
        try (var early = chosen.early(hkdf);
                var key = chosen.isExternal() ? early.externalBinderKey() : early.resumptionBinderKey()) {
            Violation.WRONG_BINDER.unless(key.verifies(seen, offered.binders().get(chosen.identity)));
            return chosen;
        } catch (TlsAlertException | RuntimeException unable) {
            chosen.close();
            throw unable;
        }
    }

    private boolean isExternal() {
        return by.session().isEmpty();
    }

    EarlySecret early(Hkdf hkdf) {
        return EarlySecret.of(hkdf, key);
    }

    @Override
    public void close() {
        key.close();
    }
}
