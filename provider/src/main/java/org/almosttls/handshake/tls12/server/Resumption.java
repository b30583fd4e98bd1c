package org.almosttls.handshake.tls12.server;

import java.util.List;
import java.util.Optional;
import org.almosttls.alert.TlsAlertException;
import org.almosttls.alert.Violation;
import org.almosttls.config.ClientAuthentication;
import org.almosttls.config.NegotiatedSession;
import org.almosttls.config.ResumableSession;
import org.almosttls.config.TakenTicket;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.ExtendedMasterSecret;
import org.almosttls.handshake.Flight;
import org.almosttls.handshake.RecordLimits;
import org.almosttls.handshake.tls12.Compression;
import org.almosttls.handshake.tls12.Secured;
import org.almosttls.keyschedule.Transcript;
import org.almosttls.registry.Tls12Suite;

/** RFC 5246 §7.3, §7.4.1.3: whether the server goes on with the session that the client offers, and what it says then. */
record Resumption(TlsConfig config, ClientOffer offer) {

    /** Nothing if a full handshake is due. */
    Optional<ResumedFlight> make(Transcript seen) throws TlsAlertException {
        var known = known();
        return known.isPresent() ? make(known.get(), seen) : Optional.empty();
    }

    private Optional<TakenTicket> known() {
        if (!offer.past().mayResume()) return Optional.empty();
        var sessions = config.sessions();
        byte[] ticket = offer.ticket();
        // RFC 5077 §3.4: beside a ticket the session id means nothing.
        if (ticket.length > 0 && sessions.usesTickets()) return sessions.take(ticket);
        byte[] id = offer.hello().sessionId();
        return id.length == 0 ? Optional.empty() : sessions.find(id).map(session -> new TakenTicket(session, false));
    }

    private Optional<ResumedFlight> make(TakenTicket taken, Transcript seen) throws TlsAlertException {
        var known = taken.session();
        try {
            if (willDo(known)) return Optional.of(resume(taken, seen));
        } catch (TlsAlertException | RuntimeException unable) {
            known.close();
            throw unable;
        }
        known.close();
        return Optional.empty();
    }

    private boolean willDo(ResumableSession known) throws TlsAlertException {
        var suites = config.cipherSuites().stream()
                .filter(offer.hello().cipherSuites()::contains)
                .toList();
        return known.fits(List.of(offer.rules().version()), suites, offer.serverNames())
                // RFC 6066 §4: the length holds for resumptions of the session too.
                && known.session().fragmentLength()
                        == RecordLimits.chosen(config, offer.hello().extensions())
                                .ofSession()
                // RFC 5246 §7.4.1.3: the method of a resumed session is its own.
                && known.session().compression().equals(Compression.choose(config, offer.hello()))
                && staysBound(known.session())
                && showsWhoIsNeeded(known.session());
    }

    /** RFC 7627 §5.3: a session that was not bound to its handshake gives way to one that is, and never the reverse. */
    private boolean staysBound(NegotiatedSession session) throws TlsAlertException {
        boolean extended = offer.has(ExtendedMasterSecret.class);
        Violation.EXTENDED_MASTER_SECRET_CHANGED.when(session.extendedMasterSecret() && !extended);
        return session.extendedMasterSecret();
    }

    private boolean showsWhoIsNeeded(NegotiatedSession session) {
        return config.clientAuthentication() != ClientAuthentication.NEED
                || !session.peerChain().isEmpty();
    }

    private ResumedFlight resume(TakenTicket taken, Transcript seen) throws TlsAlertException {
        var known = taken.session();
        var session = known.session();
        var suite = Tls12Suite.of(session.cipherSuite()).orElseThrow();
        var choices = new HelloChoices(config, offer).on(suite, session.id(), session.created());
        // RFC 5077 §3.3: a ticket may be renewed in an abbreviated handshake.
        var agreement = taken.isOutdated() ? choices.promisingTicket() : choices;
        var hello = Flight.after(seen).plus(new AnsweringHello(agreement, offer).resuming());
        var flight = PromisedTicket.in(hello, agreement, known);
        return new ResumedFlight(flight, Secured.resuming(agreement, known, flight.transcript()));
    }
}
